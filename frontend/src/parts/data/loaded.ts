import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { Newest } from "../../api/latest";
import { type Problem, problemIn } from "../../api/problem";

export interface Loaded<T> {
  data: ReadonlySignal<T | null>;
  problem: ReadonlySignal<Problem | null>;
  reload: () => Promise<void>;
  /** Show this instead: it is newer than whatever was asked for so far. */
  put: (newer: T) => void;
}

/**
 * Something that a page reads once, and again when it changed it itself or `inputs` changed. An
 * answer never replaces one that was asked for later, nor one to other inputs.
 */
export function useLoaded<T>(load: () => Promise<T>, inputs: readonly unknown[] = []): Loaded<T> {
  const data = useSignal<T | null>(null);
  const problem = useSignal<Problem | null>(null);
  const newest = useRef(new Newest()).current;
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(async () => {
    const isNews = newest.ask();
    try {
      const found = await latest.current();
      if (!isNews()) return;
      data.value = found;
      problem.value = null;
    } catch (fault) {
      if (isNews()) problem.value = problemIn(fault);
    }
  }, []);
  const put = useCallback((newer: T) => {
    newest.settle();
    data.value = newer;
    problem.value = null;
  }, []);
  useEffect(() => {
    newest.settle();
    void reload();
  }, inputs);
  return { data, problem, reload, put };
}
