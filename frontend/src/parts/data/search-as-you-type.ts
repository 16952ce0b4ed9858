import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Problem, problemIn } from "../../api/problem";

/** The pause after the last key before the server is asked. */
const PAUSE_MS = 150;

interface Options<T> {
  text: string;
  /** Shorter texts are not searched. */
  minLength: number;
  /** What else the answer depends on. */
  scope?: string;
  read: (signal: AbortSignal) => Promise<T>;
}

interface SearchAsYouType<T> {
  /** Null until there is an answer. */
  data: ReadonlySignal<T | null>;
  problem: ReadonlySignal<Problem | null>;
  retry: () => void;
}

/** Asks the server about a text while it is typed. An older answer never replaces a newer one. */
export function useSearchAsYouType<T>(options: Options<T>): SearchAsYouType<T> {
  const { text, minLength, scope = "", read } = options;
  const data = useSignal<T | null>(null);
  const problem = useSignal<Problem | null>(null);
  const tries = useSignal(0);
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (text.length < minLength) {
      data.value = null;
      problem.value = null; // of another text
      return undefined;
    }
    const request = new AbortController();
    const ask = async () => {
      try {
        const found = await latest.current(request.signal);
        if (request.signal.aborted) return;
        data.value = found;
        problem.value = null;
      } catch (fault) {
        if (!request.signal.aborted) problem.value = problemIn(fault);
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [text, minLength, scope, tries.value, data, problem]);
  return { data, problem, retry: () => (tries.value += 1) };
}
