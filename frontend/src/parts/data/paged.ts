import type { FeedEvent } from "../../live/documents";
import type { Page } from "../../api/pages";
import { type Loaded, useLoaded } from "./loaded";
import { useLiveLoaded } from "./live-loaded";

export interface Paged<T> extends Loaded<Page<T>> {
  /** Load the next page and append it. Throws a Refusal. */
  more: () => Promise<void>;
}

type Read<T> = (cursor: string | null) => Promise<Page<T>>;

/** A list that is loaded page by page: the first at once, others on demand. */
export function usePaged<T>(read: Read<T>, inputs: readonly unknown[] = []): Paged<T> {
  return withMore(useLoaded((shown: Page<T> | null) => readAgain(read, shown), inputs), read);
}

/** The same list, loaded again whenever an event concerns it. */
export function useLivePaged<T>(
  read: Read<T>,
  concerns: RegExp | ((event: FeedEvent) => boolean),
  inputs: readonly unknown[] = [],
): Paged<T> {
  const load = (shown: Page<T> | null) => readAgain(read, shown);
  return withMore(useLiveLoaded(load, concerns, inputs), read);
}

/** The first page, and those after it while they hold less than is shown. */
async function readAgain<T>(read: Read<T>, shown: Page<T> | null): Promise<Page<T>> {
  const count = shown?.items.length ?? 0;
  let page = await read(null);
  while (page.next && page.items.length < count) {
    page = await withNext(read, page, page.next);
  }
  return page;
}

async function withNext<T>(read: Read<T>, { items }: Page<T>, cursor: string): Promise<Page<T>> {
  const page = await read(cursor);
  return { items: [...items, ...page.items], next: page.next };
}

function withMore<T>(loaded: Loaded<Page<T>>, read: Read<T>): Paged<T> {
  const more = async () => {
    const shown = loaded.data.peek();
    if (!shown?.next) return;
    const both = await withNext(read, shown, shown.next);
    if (loaded.data.peek() === shown) loaded.put(both); // else it was loaded again meanwhile
  };
  return { ...loaded, more };
}
