import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { type Problem, problemIn } from "../../api/problem";

export interface Action {
  /** Run it. If it fails, `problem` says why. */
  run: (action: () => Promise<void>) => void;
  problem: Signal<Problem | null>;
}

/** Runs what a button does and keeps the problem if it fails. */
export function useAction(): Action {
  const problem = useSignal<Problem | null>(null);
  return useMemo(() => {
    const run = (action: () => Promise<void>) => {
      problem.value = null;
      action().catch((fault: unknown) => {
        problem.value = problemIn(fault);
      });
    };
    return { run, problem };
  }, [problem]);
}
