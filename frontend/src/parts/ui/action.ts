import { type Signal, useSignal } from "@preact/signals";
import { type Problem, problemIn } from "../../api/problem";

export interface Action {
  /** Do it; why it was refused is then in `problem`. */
  run: (action: () => Promise<void>) => void;
  problem: Signal<Problem | null>;
}

/** What a button does at once, without a form. */
export function useAction(): Action {
  const problem = useSignal<Problem | null>(null);
  const run = (action: () => Promise<void>) => {
    problem.value = null;
    action().catch((fault: unknown) => {
      problem.value = problemIn(fault);
    });
  };
  return { run, problem };
}
