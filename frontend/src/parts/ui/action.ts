import { type Signal, useSignal } from "@preact/signals";
import { type Problem, problemIn } from "../../api/problem";

export interface Deed {
  /** Do it; why it was refused is then in `problem`. */
  run: (deed: () => Promise<void>) => void;
  problem: Signal<Problem | null>;
}

/** What a button does at once, without a form. */
export function useDeed(): Deed {
  const problem = useSignal<Problem | null>(null);
  const run = (deed: () => Promise<void>) => {
    problem.value = null;
    deed().catch((fault: unknown) => {
      problem.value = problemIn(fault);
    });
  };
  return { run, problem };
}
