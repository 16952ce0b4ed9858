import type { Signal } from "@preact/signals";
import common from "locale:common";
import { type Problem, requestIdOf } from "../../api/problem";
import { Button } from "./button";
import { Notice } from "./notice";

interface Props {
  /** What was not done: `Couldn’t load the comments.` */
  what?: string | undefined;
  problem: Problem;
  /** What isn't lost: `Your text is kept.` */
  kept?: string | undefined;
  retry?: (() => void) | undefined;
}

/** Says what failed, why, what is safe and the request id, and offers another try. */
export function ErrorNotice({ what, problem, kept, retry }: Props) {
  const lines = [what, problem.title, problem.detail, kept].filter((line) => line) as string[];
  return (
    <Notice kind="bad" lines={lines} requestId={requestIdOf(problem)}>
      {retry && (
        <Button small onClick={retry}>
          {common.tryAgain}
        </Button>
      )}
    </Notice>
  );
}

interface RequestErrorProps {
  of: { problem: Signal<Problem | null>; reload?: () => Promise<void> };
}

/** The error of a request or an action; renders nothing without one. */
export function RequestError({ of: { problem, reload } }: RequestErrorProps) {
  const found = problem.value;
  return found && <ErrorNotice problem={found} retry={reload && (() => void reload())} />;
}
