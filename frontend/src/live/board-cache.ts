/**
 * The board as it was last shown, kept in this browser: a page opens with it at once, and shows it
 * while the server is away. IndexedDB, because a large board does not fit into localStorage.
 */

import { clear, del, get, set } from "idb-keyval";
import type { Board } from "./documents";

/** Another build may know other documents: it begins anew. */
const BUILD = import.meta.url;

interface CachedBoard {
  build: string;
  account: string;
  board: Board;
}

/** What was kept for that account; null where there is nothing, or the browser keeps nothing. */
export async function readCachedBoard(account: string, slug: string): Promise<Board | null> {
  try {
    const kept = await get<CachedBoard>(slug);
    return kept?.build === BUILD && kept.account === account ? kept.board : null;
  } catch {
    return null;
  }
}

export async function cacheBoard(account: string, slug: string, board: Board): Promise<void> {
  await set(slug, { build: BUILD, account, board } satisfies CachedBoard).catch(() => undefined);
}

export async function clearCachedBoard(slug: string): Promise<void> {
  await del(slug).catch(() => undefined);
}

/** Whoever signs out leaves no board behind. */
export async function clearCachedBoards(): Promise<void> {
  await clear().catch(() => undefined);
}
