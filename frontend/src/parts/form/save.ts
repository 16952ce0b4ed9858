/** Saving texts that are not on the board: what somebody else changed meanwhile is never overwritten unseen. */

import { Refusal } from "../../api/problem";
import type { Outcome } from "../../live/edits";

/** Whatever says how often it was changed. */
export interface Revised {
  rev: number;
}

interface Save<T extends Revised> {
  /** The document as it was when one began to type. */
  base: T;
  /** The fields that one changed. */
  fields: readonly (keyof T)[];
  /** What one made of them: somebody else who made the same of them is no conflict. */
  mine?: Partial<T>;
  /** Send it as a change of that revision. Throws a Refusal. */
  send: (rev: number) => Promise<T>;
  /** The document as the server has it. Throws a Refusal. */
  read: () => Promise<T>;
}

const CHANGED = 412;
const MOST_TRIES = 5;

/**
 * Save over changes of other fields by others; a change of the same ones is a conflict. Refusals
 * of other kinds are thrown.
 */
export async function saveOverOthers<T extends Revised>(
  change: Save<T>,
): Promise<Exclude<Outcome<T>, { kind: "refused" }>> {
  const { base, fields, send, read } = change;
  const mine: Partial<T> = change.mine ?? {};
  const isTheirs = (field: keyof T, theirs: T) =>
    !equal(theirs[field], base[field]) && !(field in mine && equal(theirs[field], mine[field]));
  let { rev } = base;
  for (let tries = 1; ; tries += 1) {
    try {
      return { kind: "settled", document: await send(rev) };
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.status !== CHANGED || tries === MOST_TRIES)
        throw fault;
      const theirs = await read();
      if (fields.some((field) => isTheirs(field, theirs))) return { kind: "conflict", theirs };
      rev = theirs.rev;
    }
  }
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
