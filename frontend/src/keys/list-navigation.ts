/** Keyboard navigation in a list: J and K move, O opens, X selects. */

import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import t from "locale:shell";
import { type Command, useCommands } from "./commands";

interface ListNavigationOptions {
  /** The ids of the rows, from top to bottom. */
  ids: () => readonly string[];
  /** The list's heading in the help. */
  group: string;
  open?: (id: string) => void;
  /** Scroll to a row that may not be drawn yet. It gets the focus afterwards. */
  reveal?: (id: string) => void;
  /** Actions on the active row, such as E for done. */
  actions?: readonly RowAction[];
  /** X selects rows. */
  selectable?: boolean;
}

interface RowAction {
  name: string;
  keys: readonly string[];
  run: (id: string) => void;
  /** The row disappears, so the focus moves to the next one. */
  removesRow?: boolean;
}

export interface ListNavigation {
  /** The id of the active row. */
  active: Signal<string | null>;
  selected: Signal<ReadonlySet<string>>;
  move: (id: string) => void;
  toggle: (id: string) => void;
}

/** Keyboard navigation for a page's main list. Its rows take `rowProps`. */
export function useListNavigation(options: ListNavigationOptions): ListNavigation {
  const active = useSignal<string | null>(null);
  const selected = useSignal<ReadonlySet<string>>(new Set());
  const latest = useRef(options);
  latest.current = options;

  const move = (id: string) => {
    active.value = id;
    latest.current.reveal?.(id);
    focusSoon(() => active.peek() === id, id);
  };
  const step = (by: 1 | -1) => {
    const next = neighbour(latest.current.ids(), active.peek(), by);
    if (next !== null) move(next);
  };
  const toggle = (id: string) => {
    const changed = new Set(selected.peek());
    if (!changed.delete(id)) changed.add(id);
    selected.value = changed;
  };
  const chosen = () => {
    const id = active.peek();
    return id !== null && latest.current.ids().includes(id) ? id : null;
  };
  const onActive = (run: (id: string) => void) => () => {
    const id = chosen();
    if (id !== null) run(id);
  };

  const thenNext = (run: (id: string) => void) => (id: string) => {
    const ids = latest.current.ids();
    const next = neighbour(ids, id, 1) ?? neighbour(ids, id, -1);
    run(id);
    if (next !== null) move(next);
  };

  const { group, open, actions = [], selectable } = options;
  const commands: Command[] = [
    { name: t.next, keys: ["j"], group, run: () => step(1), hidden: true },
    { name: t.previous, keys: ["k"], group, run: () => step(-1), hidden: true },
    ...actions.map(({ name, keys, run, removesRow }) => {
      const act = removesRow ? thenNext(run) : run;
      return { name, keys, group, run: onActive(act), when: () => chosen() !== null, hidden: true };
    }),
  ];
  if (open) {
    commands.push({ name: t.open, keys: ["o"], group, run: onActive(open), hidden: true });
  }
  if (selectable) {
    commands.push({ name: t.select, keys: ["x"], group, run: onActive(toggle), hidden: true });
  }
  useCommands(commands);
  return { active, selected, move, toggle };
}

/** The next or previous row, or the first if none is active. Null at the ends. */
export function neighbour(
  ids: readonly string[],
  present: string | null,
  by: 1 | -1,
): string | null {
  const at = present === null ? -1 : ids.indexOf(present);
  if (at === -1) return ids[0] ?? null;
  return ids[at + by] ?? null;
}

const FRAMES = 3;

/** Focus a row that may be drawn within the next frames. */
function focusSoon(isWanted: () => boolean, id: string, frames = FRAMES): void {
  requestAnimationFrame(() => {
    if (!isWanted()) return;
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus();
    if (frames > 1) focusSoon(isWanted, id, frames - 1);
  });
}

interface RowProps {
  "data-row": string;
  onFocus: () => void;
}

/** Props for the link or button of a row. */
export function rowProps(list: ListNavigation, id: string): RowProps {
  return { "data-row": id, onFocus: () => (list.active.value = id) };
}
