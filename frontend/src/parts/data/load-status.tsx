import common from "locale:common";
import { ErrorNotice } from "../ui/error-notice";
import { Skeleton } from "../ui/skeleton";
import type { Loaded } from "./loaded";

interface Props {
  of: Pick<Loaded<unknown>, "data" | "problem" | "reload">;
  /** What couldn’t be loaded, as a sentence. */
  what?: string;
  /** How many skeleton rows to show. */
  rows: number;
}

/** A skeleton while data loads, or why it couldn't be; nothing once it is there. */
export function LoadStatus({ of: { data, problem, reload }, what, rows }: Props) {
  const isShown = data.value !== null;
  if (problem.value) {
    const kept = what && isShown ? common.lastLoaded : undefined;
    return (
      <ErrorNotice what={what} problem={problem.value} kept={kept} retry={() => void reload()} />
    );
  }
  return isShown ? null : <Skeleton rows={rows} />;
}
