/** Saves changes of documents that others edit too. No one's work is overwritten unseen. */

import { type Problem, Refusal } from "../api/problem";

/** A document that says how often it was changed. */
export interface Revised {
  rev: number;
}

/** How a save ended: with the document as it is now, or with someone else's change of the same. */
export type Saved<T> = { kind: "settled"; document: T } | { kind: "conflict"; theirs: T };

/** The same for those who are told of refusals instead of catching them. */
export type Outcome<T> = Saved<T> | { kind: "refused"; problem: Problem };

interface Save<T extends Revised> {
  /** The document as it was when typing began. */
  base: T;
  /** The fields that are changed. */
  fields: readonly (keyof T)[];
  /** Their new values: someone else who chose the same value is no conflict. */
  mine?: Partial<T>;
  /** The newest revision that the feed has brought, where there is one. */
  newest?: () => T | undefined;
  /** Send the change for that revision. Throws a Refusal. */
  send: (rev: number) => Promise<T>;
  /** Read the document from the server. Throws a Refusal. */
  read: () => Promise<T>;
}

const REVISION_CHANGED = 412;
const MAX_TRIES = 5;

/**
 * Save over others' changes of other fields; their change of the same field is a conflict. Refusals
 * of other kinds are thrown.
 */
export async function saveOverOthers<T extends Revised>(save: Save<T>): Promise<Saved<T>> {
  const { base, newest, send, read } = save;
  let seen = base;
  for (let tries = 1; ; tries += 1) {
    const known = newest?.();
    if (known && known.rev > seen.rev) {
      const end = endFor(known, save);
      if (end) return end;
      seen = known;
    }
    try {
      return { kind: "settled", document: await send(seen.rev) };
    } catch (fault) {
      const isChanged = fault instanceof Refusal && fault.status === REVISION_CHANGED;
      if (!isChanged || tries === MAX_TRIES) throw fault;
      const theirs = await read();
      const end = endFor(theirs, save);
      if (end) return end;
      seen = theirs;
    }
  }
}

/**
 * The document as somebody saw it when they began to type: an older revision where that has been
 * changed since.
 */
export function asSeen<T extends Revised>(document: T, seen: Partial<T>): T {
  const names = Object.keys(seen) as (keyof T)[];
  if (names.every((name) => isSame(document[name], seen[name]))) return document;
  return { ...document, ...seen, rev: document.rev - 1 };
}

/** How the save ends with that revision; null where the change can be sent over it. */
function endFor<T extends Revised>(theirs: T, { base, fields, mine }: Save<T>): Saved<T> | null {
  const values: Partial<T> = mine ?? {};
  const isMine = (field: keyof T) => field in values && isSame(theirs[field], values[field]);
  if (fields.every(isMine)) return { kind: "settled", document: theirs };
  const isTheirs = (field: keyof T) => !isSame(theirs[field], base[field]) && !isMine(field);
  return fields.some(isTheirs) ? { kind: "conflict", theirs } : null;
}

/** Whether two values of a document are the same, as JSON. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
