import type { Problem } from "../../api/problem";
import { Button } from "./button";
import { Notice } from "./notice";

interface Props {
  /** What was not done: `The comments could not be read.` */
  what: string;
  problem: Problem;
  /** What is safe: `Your text is kept.` */
  kept?: string;
  retry?: () => void;
}

/** What failed and why, what was kept, another try, and the request to ask about. */
export function ErrorNotice({ what, problem, kept, retry }: Props) {
  const why = [problem.title, problem.detail, kept].filter((line) => line) as string[];
  return (
    <Notice kind="bad" lines={[what, ...why]} requestId={problem.request_id ?? null}>
      {retry && (
        <Button small onClick={retry}>
          Retry
        </Button>
      )}
    </Notice>
  );
}
