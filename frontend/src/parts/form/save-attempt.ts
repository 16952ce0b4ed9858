import { type Signal, useSignal } from "@preact/signals";
import { type Problem, problemIn } from "../../api/problem";
import type { Saved } from "../../live/save";

export interface SaveAttempt<T> {
  /** Try to save; resolves to what was saved, else null. A second call while it runs does nothing. */
  run: () => Promise<T | null>;
  busy: Signal<boolean>;
  problem: Signal<Problem | null>;
  /** What someone else saved in the same place; the next attempt replaces it. */
  theirs: Signal<T | null>;
}

/** Saves by a button. `attempt` gets the version that it is to replace, once that was shown. */
export function useSaveAttempt<T>(attempt: (over: T | null) => Promise<Saved<T>>): SaveAttempt<T> {
  const busy = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const theirs = useSignal<T | null>(null);
  const run = async () => {
    if (busy.peek()) return null;
    busy.value = true;
    problem.value = null;
    try {
      const saved = await attempt(theirs.peek());
      theirs.value = saved.kind === "conflict" ? saved.theirs : null;
      return saved.kind === "settled" ? saved.document : null;
    } catch (fault) {
      problem.value = problemIn(fault);
      return null;
    } finally {
      busy.value = false;
    }
  };
  return { run, busy, problem, theirs };
}
