import { type Answer, answer } from "./client";

export interface Page<T> {
  items: readonly T[];
  /** The cursor of the next page; null at the end. */
  next: string | null;
}

/** Read one page of a list and the cursor in its `Link` header. Throws a Refusal. */
export async function pageOf<T>(sent: Promise<Answer<T[]>>): Promise<Page<T>> {
  const items = await answer(sent);
  const { response } = await sent;
  return { items, next: cursorIn(response.headers.get("Link")) };
}

/**
 * Read every page of a list, or pages until they hold `most` items. `read` gets the cursor of a
 * page, null for the first.
 */
export async function allPages<T>(
  read: (cursor: string | null) => Promise<Page<T>>,
  most = Infinity,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read(cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && items.length < most);
  return items;
}

/** `</api/…?cursor=abc>; rel="next"` → `abc`. */
export function cursorIn(link: string | null): string | null {
  const next = /<([^>]*)>;\s*rel="?next"?/.exec(link ?? "")?.[1];
  return next ? new URL(next, "http://server").searchParams.get("cursor") : null;
}
