/**
 * The last board, cached in this browser. A page opens with it at once and shows it while the
 * server can't be reached. It is in IndexedDB, because a large board doesn't fit into localStorage.
 */

import { clear, del, get, set } from "idb-keyval";
import type { Board } from "./documents";

/** A board that another build cached is ignored: its documents may look different. */
const BUILD = import.meta.url;

interface CachedBoard {
  build: string;
  account: string;
  board: Board;
}

/** The cached board of that account; null where there is none or the browser stores nothing. */
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

/** Signing out leaves no board behind. */
export async function clearCachedBoards(): Promise<void> {
  await clear().catch(() => undefined);
}
