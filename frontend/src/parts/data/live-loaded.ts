import { useEffect, useRef } from "preact/hooks";
import type { FeedEvent } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { type Loaded, useLoaded } from "./loaded";

/** Many events come together; one request after them is enough. */
const GATHER_MS = 150;

/** Data that isn't on the board, loaded again whenever an event concerns it. */
export function useLiveLoaded<T>(
  load: (shown: T | null) => Promise<T>,
  /** The kinds of events that concern it, or whether one does. */
  concerns: RegExp | ((event: FeedEvent) => boolean),
  inputs: readonly unknown[] = [],
): Loaded<T> {
  const here = useWorkspace();
  const loaded = useLoaded(load, [here, here.live.resets.value, ...inputs]);
  const { reload } = loaded;
  const latest = useRef(concerns);
  latest.current = concerns;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = here.live.listen((event) => {
      const { current } = latest;
      if (!(current instanceof RegExp ? current.test(event.kind) : current(event))) return;
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [here, reload]);
  return loaded;
}
