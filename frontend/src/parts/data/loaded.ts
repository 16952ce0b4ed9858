import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { LatestRequest } from "../../api/latest";
import { type Problem, problemIn } from "../../api/problem";

export interface Loaded<T> {
  data: ReadonlySignal<T | null>;
  problem: ReadonlySignal<Problem | null>;
  reload: () => Promise<void>;
  /** Replace the data, for instance by a saved document. */
  put: (newer: T) => void;
}

/**
 * Data of a page, loaded on mount and again when an input changes. A response never replaces one
 * that was requested later or for other inputs.
 */
export function useLoaded<T>(
  /** `shown` is what it is loaded again for; null on mount and for other inputs. */
  load: (shown: T | null) => Promise<T>,
  inputs: readonly unknown[] = [],
): Loaded<T> {
  const data = useSignal<T | null>(null);
  const problem = useSignal<Problem | null>(null);
  const requests = useRef(new LatestRequest()).current;
  const latest = useRef(load);
  latest.current = load;
  const start = useCallback(async (shown: T | null) => {
    const isLatest = requests.start();
    try {
      const found = await latest.current(shown);
      if (!isLatest()) return;
      data.value = found;
      problem.value = null;
    } catch (fault) {
      if (isLatest()) problem.value = problemIn(fault);
    }
  }, [requests, data, problem]);
  const reload = useCallback(() => start(data.peek()), [start, data]);
  const put = useCallback((newer: T) => {
    requests.supersede();
    data.value = newer;
    problem.value = null;
  }, [requests, data, problem]);
  useEffect(() => {
    requests.supersede();
    void start(null);
    // The caller names what makes the data old.
    // oxlint-disable-next-line react/exhaustive-deps
  }, inputs);
  return { data, problem, reload, put };
}
