/**
 * Which tasks are in which column, and in which order. It moves only tasks that changed, and holds
 * back moves while someone points at the board.
 */

import type { Task } from "../../live/documents";
import { PRIORITIES, STATES } from "../../parts/data/task-words";
import { microseconds } from "./filter-values";
import { fits, type Grouping, type Known, type Shown, type Sort } from "./filter";

export type Columns = ReadonlyMap<string, readonly string[]>;

interface Place {
  /** Null if the board doesn't show the task. */
  column: string | null;
  order: readonly (string | number)[];
}

type Tasks = ReadonlyMap<string, Task>;

export class Arrangement {
  #tasks: Tasks = new Map();
  #places = new Map<string, Place>();
  #columns = new Map<string, readonly string[]>();
  readonly #held = new Set<string>();

  constructor(
    private readonly shown: Shown,
    private readonly known: Known,
    tasks: Tasks,
  ) {
    this.#arrange(tasks);
  }

  /** The ids of each column; a column that did not change stays the same object. */
  get columns(): Columns {
    return this.#columns;
  }

  /** How many moves are held back. */
  get held(): number {
    return this.#held.size;
  }

  /** Apply changed tasks. Those for which `hold` is true stay where they are for now. */
  follow(tasks: Tasks, hold: (id: string) => boolean): void {
    const before = this.#tasks;
    if (tasks.size < before.size) return this.#arrange(tasks);
    this.#tasks = tasks;
    for (const [id, task] of tasks) {
      if (before.get(id) !== task) this.#take(id, this.#placeOf(task), hold(id));
    }
  }

  /** Apply all held moves. */
  release(): void {
    const held = [...this.#held];
    this.#held.clear();
    for (const id of held) {
      const task = this.#tasks.get(id);
      if (task) this.#move(id, this.#placeOf(task));
    }
  }

  #arrange(tasks: Tasks): void {
    this.#tasks = tasks;
    this.#held.clear();
    this.#places = new Map();
    const columns = new Map<string, string[]>();
    for (const [id, task] of tasks) {
      const place = this.#placeOf(task);
      this.#places.set(id, place);
      if (place.column === null) continue;
      const column = columns.get(place.column);
      if (column) column.push(id);
      else columns.set(place.column, [id]);
    }
    const order = (id: string) => this.#places.get(id)!.order;
    for (const ids of columns.values()) ids.sort((a, b) => compare(order(a), order(b)));
    this.#columns = columns;
  }

  #take(id: string, place: Place, hold: boolean): void {
    const present = this.#places.get(id) ?? NOWHERE;
    if (isSame(present, place)) this.#held.delete(id);
    else if (hold) this.#held.add(id);
    else {
      this.#held.delete(id);
      this.#move(id, place);
    }
  }

  #move(id: string, place: Place): void {
    const { column: from } = this.#places.get(id) ?? NOWHERE;
    if (from !== null) {
      this.#columns.set(from, this.#columns.get(from)!.filter((other) => other !== id));
    }
    this.#places.set(id, place);
    if (place.column === null) return;
    const ids = this.#columns.get(place.column) ?? [];
    const at = this.#index(ids, place);
    this.#columns.set(place.column, ids.toSpliced(at, 0, id));
  }

  /** The index of a place in a sorted column. */
  #index(ids: readonly string[], { order }: Place): number {
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#places.get(ids[middle]!)!.order, order) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #placeOf(task: Task): Place {
    const isShown = fits(task, this.shown, this.known);
    return {
      column: isShown ? columnOf(task, this.shown.by) : null,
      order: orderOf(task, this.shown.sort, this.known),
    };
  }
}

const NOWHERE: Place = { column: null, order: [] };

/** The column's id: a state, a member's or a project's id, `none` for no one. */
export function columnOf(task: Task, by: Grouping): string {
  if (by === "state") return task.state;
  return by === "project" ? task.project_id : (task.assignee_id ?? "none");
}

const rank = <T>(list: readonly (readonly [T, ...unknown[]])[]) =>
  new Map(list.map(([value], index) => [value, index]));
const STATE_RANK = rank(STATES);
const PRIORITY_RANK = rank([...PRIORITIES].reverse());
const LAST = "9999";

const FIELDS: Record<string, (task: Task) => number> = {
  created_at: ({ created_at }) => microseconds(created_at),
  updated_at: ({ updated_at }) => microseconds(updated_at),
  due_on: ({ due_on }) => Date.parse(due_on ?? LAST),
  priority: ({ priority }) => PRIORITY_RANK.get(priority) ?? 0,
  state: ({ state }) => STATE_RANK.get(state) ?? 0,
};

/** The sort key of a task: the chosen field, then due date, project and number. */
function orderOf(task: Task, sort: Sort, { projectKey }: Known): Place["order"] {
  const key = projectKey(task.project_id) ?? "";
  const field = FIELDS[sort.replace("-", "")];
  if (!field) return sort === "-key" ? [backwards(key), -task.number] : [key, task.number];
  const sign = sort.startsWith("-") ? -1 : 1;
  return [sign * field(task), task.due_on ?? LAST, key, task.number];
}

/** A string that sorts in the reverse order of project keys. */
const backwards = (key: string): string =>
  Array.from(key, (letter) => String.fromCharCode(0x7f - letter.charCodeAt(0))).join("") + "\x7f";

function compare(a: Place["order"], b: Place["order"]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]!;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function isSame(a: Place, b: Place): boolean {
  if (a.column === null && b.column === null) return true;
  return a.column === b.column && compare(a.order, b.order) === 0;
}
