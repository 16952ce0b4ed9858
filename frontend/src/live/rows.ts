/** One signal for each document, so that a row is redrawn only when its own document changes. */

import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Board, Collection, Documents } from "./documents";

export class Rows {
  #board: Board | null = null;
  readonly #signals = new Map<Collection, Map<string, Signal<unknown>>>();

  /** The document with that id, now and after changes; undefined while there is none. */
  one<C extends Collection>(name: C, id: string): ReadonlySignal<Documents[C] | undefined> {
    const list = this.#signals.get(name) ?? new Map<string, Signal<unknown>>();
    this.#signals.set(name, list);
    const known = list.get(id) ?? signal<unknown>(this.#board?.[name].get(id));
    list.set(id, known);
    return known as ReadonlySignal<Documents[C] | undefined>;
  }

  /** Update the signals to another board. */
  show(board: Board | null): void {
    const before = this.#board;
    this.#board = board;
    batch(() => {
      for (const [name, list] of this.#signals) {
        if (before && before[name] === board?.[name]) continue;
        for (const [id, row] of list) row.value = board?.[name].get(id);
      }
    });
  }
}
