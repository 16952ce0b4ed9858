/**
 * Optimistic changes. Each is shown at once and sent in the background, then settles, is refused or
 * conflicts with someone else's change. The board itself is never patched: edits are laid over it
 * until the feed brings them.
 */

import common from "locale:common";
import { type Problem, problemIn, UNREACHABLE } from "../api/problem";
import type { Board, Editable } from "./documents";
import { asSeen, type Outcome, saveOverOthers } from "./save";

type Revised = { id: string; rev: number };

export interface Change<T extends Revised> {
  collection: Editable;
  id: string;
  /** The new values, shown until the server has answered. */
  shown: Partial<T>;
  /** What I saw of these values when I began to type; without it, the values of now. */
  seen?: Partial<T>;
  /** Send the change for that revision. Throws a Refusal. */
  send: (rev: number) => Promise<T>;
  /** Read the document from the server. Throws a Refusal. */
  read: () => Promise<T>;
}

interface Edit {
  collection: Editable;
  id: string;
  shown: object;
  /** The document that the server answered with, shown until the feed brings that revision. */
  answered: Revised | null;
}

interface EditsHost {
  /** The board without edits, as the feed built it. */
  serverBoard: () => Board | null;
  /** Called when the edits have changed. */
  onChange: () => void;
  /** Resolves when the server can be reached again. */
  whenReachable: () => Promise<void>;
}

const UNAVAILABLE = new Set([0, 502, 503, 504]);

export class Edits {
  #edits: readonly Edit[] = [];
  /** Edits that wait for an earlier one or for the server. Closing the page would lose them. */
  readonly #unsent = new Set<Edit>();
  readonly #tails = new Map<string, Promise<unknown>>();

  constructor(private readonly host: EditsHost) {}

  get hasUnsent(): boolean {
    return this.#unsent.size > 0;
  }

  /** The board with my edits laid over it. */
  applyTo(board: Board): Board {
    this.#edits = this.#edits.filter((edit) => !isInBoard(board, edit));
    return applyEdits(board, this.#edits);
  }

  /** Forget settled edits, because the new board already has them. */
  startOver(): void {
    this.#edits = this.#edits.filter((edit) => edit.answered === null);
  }

  /** Show a change at once and send it. Changes of one document are sent one after the other. */
  async change<T extends Revised>(change: Change<T>): Promise<Outcome<T>> {
    const { collection, id, shown } = change;
    const edit: Edit = { collection, id, shown, answered: null };
    const known = this.#known(change);
    if (!known) return { kind: "refused", problem: gone() };
    const base = asSeen(this.#withPending(known), change.seen ?? {});
    this.#edits = [...this.#edits, edit];
    this.host.onChange();
    const before = this.#tails.get(id) ?? Promise.resolve();
    this.#unsent.add(edit);
    const sent = before
      .then(() => this.#send(change, edit, base))
      .catch((fault) => this.#drop(edit, { kind: "refused" as const, problem: problemIn(fault) }));
    this.#tails.set(id, sent);
    const outcome = await sent;
    if (this.#tails.get(id) === sent) this.#tails.delete(id);
    return outcome;
  }

  async #send<T extends Revised>(change: Change<T>, edit: Edit, base: T): Promise<Outcome<T>> {
    const saved = await saveOverOthers<T>({
      base,
      fields: Object.keys(change.shown) as (keyof T)[],
      mine: change.shown,
      newest: () => this.#known(change),
      send: (rev) => this.#request(edit, () => change.send(rev)),
      read: () => this.#request(edit, change.read),
    });
    return saved.kind === "settled" ? this.#settle(edit, saved.document) : this.#drop(edit, saved);
  }

  /** Send a request, again after each outage, until the server answers it. */
  async #request<R>(edit: Edit, ask: () => Promise<R>): Promise<R> {
    for (;;) {
      this.#unsent.delete(edit);
      try {
        return await ask();
      } catch (fault) {
        if (!UNAVAILABLE.has(problemIn(fault).status)) throw fault;
        this.#unsent.add(edit);
        await this.host.whenReachable();
      }
    }
  }

  #settle<T extends Revised>(edit: Edit, document: T): Outcome<T> {
    this.#unsent.delete(edit);
    edit.answered = document;
    this.host.onChange();
    return { kind: "settled", document };
  }

  #drop<O>(edit: Edit, outcome: O): O {
    this.#unsent.delete(edit);
    this.#edits = this.#edits.filter((other) => other !== edit);
    this.host.onChange();
    return outcome;
  }

  /** A document with my unanswered edits applied. */
  #withPending<T extends Revised>(document: T): T {
    const mine = this.#edits.filter(({ id, answered }) => id === document.id && !answered);
    return Object.assign({}, document, ...mine.map(({ shown }) => shown)) as T;
  }

  /** The newest revision known of a document, without unanswered edits. */
  #known<T extends Revised>({ collection, id }: Change<T>): T | undefined {
    const mine = this.#edits.filter((edit) => edit.id === id && edit.answered);
    const newest = mine.at(-1)?.answered as T | undefined;
    const feeds = this.host.serverBoard()?.[collection].get(id) as unknown as T | undefined;
    return newest && newest.rev > (feeds?.rev ?? 0) ? newest : feeds;
  }
}

const gone = (): Problem => ({ ...UNREACHABLE, title: common.noLongerAvailable, detail: null });

/** Lay edits over a board. Lists that no edit touches stay the same objects. */
function applyEdits(board: Board, edits: readonly Edit[]): Board {
  if (edits.length === 0) return board;
  const onChange: Record<string, unknown> = { ...board };
  for (const edit of edits) {
    const list = onChange[edit.collection] as ReadonlyMap<string, Revised>;
    const document = list.get(edit.id);
    if (!document) continue;
    const copy = list === board[edit.collection] ? new Map<string, Revised>(list) : list;
    const next = edit.answered ? { ...document, ...edit.answered } : { ...document, ...edit.shown };
    (copy as Map<string, Revised>).set(edit.id, next);
    onChange[edit.collection] = copy;
  }
  return onChange as unknown as Board;
}

function isInBoard(board: Board, { collection, id, answered }: Edit): boolean {
  return answered !== null && (board[collection].get(id)?.rev ?? 0) >= answered.rev;
}
