import { type Signal, useSignal } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";
import { type Problem, Refusal, UNREACHABLE } from "../api/problem";

export interface Loaded<T> {
  data: Signal<T | null>;
  problem: Signal<Problem | null>;
  reload: () => Promise<void>;
}

/** Something that a page reads once, and again when it changed it itself. */
export function useLoaded<T>(load: () => Promise<T>, inputs: readonly unknown[] = []): Loaded<T> {
  const data = useSignal<T | null>(null);
  const problem = useSignal<Problem | null>(null);
  const reload = useCallback(async () => {
    try {
      data.value = await load();
      problem.value = null;
    } catch (fault) {
      problem.value = fault instanceof Refusal ? fault.problem : UNREACHABLE;
    }
  }, inputs);
  useEffect(() => void reload(), [reload]);
  return { data, problem, reload };
}
