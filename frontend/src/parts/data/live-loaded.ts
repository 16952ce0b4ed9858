import { useEffect, useRef } from "preact/hooks";
import { useWorkspace } from "../../live/workspace";
import { type Loaded, useLoaded } from "./loaded";

/** Many events come together; one reading after them is enough. */
const GATHER_MS = 150;

/** Something that is not on the board, read again whenever an event of these kinds comes. */
export function useLiveLoaded<T>(
  load: () => Promise<T>,
  concerns: RegExp,
  inputs: readonly unknown[] = [],
): Loaded<T> {
  const here = useWorkspace();
  const loaded = useLoaded(load, [here, here.live.resets.value, ...inputs]);
  const latest = useRef(concerns);
  latest.current = concerns;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = here.live.listen(({ kind }) => {
      if (!latest.current.test(kind)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void loaded.reload(), GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [here, loaded.reload]);
  return loaded;
}
