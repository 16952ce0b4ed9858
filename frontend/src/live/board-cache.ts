/**
 * The board as it was last shown, kept in this browser: a page opens with it at once, and shows it
 * while the server is away. IndexedDB, because a large board does not fit into localStorage.
 */

import { clear, del, get, set } from "idb-keyval";
import type { Board } from "./documents";

/** Another build may know other documents: it begins anew. */
const BUILD = import.meta.url;

interface Kept {
  build: string;
  account: string;
  board: Board;
}

/** What was kept for that account; null where there is nothing, or the browser keeps nothing. */
export async function keptBoard(account: string, slug: string): Promise<Board | null> {
  try {
    const kept = await get<Kept>(slug);
    return kept?.build === BUILD && kept.account === account ? kept.board : null;
  } catch {
    return null;
  }
}

export async function keepBoard(account: string, slug: string, board: Board): Promise<void> {
  await set(slug, { build: BUILD, account, board } satisfies Kept).catch(() => undefined);
}

export async function forgetBoard(slug: string): Promise<void> {
  await del(slug).catch(() => undefined);
}

/** Whoever signs out leaves no board behind. */
export async function forgetBoards(): Promise<void> {
  await clear().catch(() => undefined);
}
