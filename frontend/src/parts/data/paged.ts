import type { Page } from "../../api/pages";
import { type Loaded, useLoaded } from "./loaded";

interface Paged<T> extends Loaded<Page<T>> {
  /** Load the next page and append it. Throws a Refusal. */
  more: () => Promise<void>;
}

/** A list that is loaded page by page: the first at once, others on demand. */
export function usePaged<T>(
  read: (cursor: string | null) => Promise<Page<T>>,
  inputs: readonly unknown[],
): Paged<T> {
  const loaded = useLoaded(() => read(null), inputs);
  const more = async () => {
    const shown = loaded.data.peek();
    if (!shown?.next) return;
    const page = await read(shown.next);
    if (loaded.data.peek() !== shown) return; // read anew meanwhile: it goes on from there
    loaded.put({ items: [...shown.items, ...page.items], next: page.next });
  };
  return { ...loaded, more };
}
