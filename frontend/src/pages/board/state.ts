/** The state of the board's page: columns, held moves and my pending changes. */

import t from "locale:board";
import common from "locale:common";
import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Task } from "../../live/documents";
import { changeTask, type CardEdit } from "../../live/tasks";
import type { WorkspaceHere } from "../../live/workspace";
import { toast } from "../../parts/ui/toast";
import { problemWords } from "../../parts/data/edit-outcome";
import { priorityWords, stateWords } from "../../parts/data/task-words";
import { Arrangement, type Columns } from "./arrangement";
import { type Known, type Shown, shownBy } from "./filter";

/** The feed brings my own changes within this time. */
const FEED_MS = 5000;

export class BoardState {
  readonly columns: Signal<Columns> = signal(new Map());
  /** How many moves by others are held back. */
  readonly held = signal(0);
  /** The column that a dragged card is over. */
  readonly over = signal<string | null>(null);
  readonly dragged = signal<string | null>(null);
  readonly #mine = new Map<string, number>();
  #isInteracting = false;
  #arrangement: Arrangement;

  constructor(
    readonly here: WorkspaceHere,
    readonly shown: Shown,
  ) {
    this.#arrangement = new Arrangement(shown, knownIn(here), here.live.list("tasks").peek());
    this.#publish();
  }

  /** Follow the board until the returned function is called. */
  follow(): () => void {
    return this.here.live.list("tasks").subscribe((tasks) => {
      this.#arrangement.follow(tasks, (id) => this.#isInteracting && !this.#isMyDoing(tasks.get(id)));
      this.#publish();
    });
  }

  /** Whether I changed or just created the task. It then moves at once. */
  #isMyDoing(task: Task | undefined): boolean {
    if (!task) return false;
    const me = this.here.live.board.peek()?.me.member_id;
    return this.#mine.has(task.id) || (task.rev === 1 && task.created_by === me);
  }

  /** Hold back moves while the pointer or the focus is inside. */
  setInteracting(inside: boolean): void {
    this.#isInteracting = inside;
    if (!inside) this.release();
  }

  release(): void {
    this.#arrangement.release();
    this.#publish();
  }

  isMine(id: string): boolean {
    return this.#mine.has(id);
  }

  /** Change a task at once and send the change. Say so once the server has it, or what went wrong. */
  async change(task: Task, edit: CardEdit, says: string): Promise<void> {
    this.#countMine(task.id, 1);
    if (!(await this.#send(task, edit))) return;
    const undo = () => void this.#undo(task, edit);
    toast(says, { action: { name: common.undo, run: undo, undoes: true } });
  }

  /** Run a change of these tasks without holding back their moves. */
  async changing<T>(ids: readonly string[], change: () => Promise<T>): Promise<T> {
    for (const id of ids) this.#countMine(id, 1);
    try {
      return await change();
    } finally {
      setTimeout(() => ids.forEach((id) => this.#countMine(id, -1)), FEED_MS);
    }
  }

  async #undo(task: Task, edit: CardEdit): Promise<void> {
    this.#countMine(task.id, 1);
    const names = Object.keys(edit) as (keyof CardEdit)[];
    const before = Object.fromEntries(names.map((name) => [name, task[name]]));
    await this.#send(task, before);
  }

  /** Returns whether the server has the change. */
  async #send(task: Task, edit: CardEdit): Promise<boolean> {
    const outcome = await changeTask(this.here, task, edit);
    this.#countMine(task.id, -1);
    if (outcome.kind === "refused") {
      const reason = problemWords(outcome.problem);
      toast(common.couldNotChange({ name: task.key, reason }), { kind: "bad" });
    } else if (outcome.kind === "conflict") {
      toast(conflictWords(outcome.theirs, edit), {
        action: { name: common.useMine, run: () => void this.#again(outcome.theirs, edit) },
      });
    }
    return outcome.kind === "settled";
  }

  async #again(theirs: Task, edit: CardEdit): Promise<void> {
    this.#countMine(theirs.id, 1);
    await this.#send(theirs, edit);
  }

  #countMine(id: string, by: 1 | -1): void {
    const count = (this.#mine.get(id) ?? 0) + by;
    if (count > 0) this.#mine.set(id, count);
    else this.#mine.delete(id);
  }

  #publish(): void {
    this.columns.value = new Map(this.#arrangement.columns);
    this.held.value = this.#arrangement.held;
  }
}

/** What someone else changed meanwhile, in words. */
function conflictWords({ key, state, priority }: Task, edit: CardEdit): string {
  if (edit.state) return t.conflictState({ key, state: stateWords(state) });
  if (edit.priority) return t.conflictPriority({ key, priority: priorityWords(priority) });
  return t.conflictOther({ key });
}

function knownIn({ live }: WorkspaceHere): Known {
  const board = live.board.peek();
  return {
    me: board?.me.member_id ?? "",
    projectKey: (id) => live.list("projects").peek().get(id)?.key,
    taskKey: (id) => live.list("tasks").peek().get(id)?.key,
  };
}

/** The state of the board for these parameters of the address. */
export function useBoardState(here: WorkspaceHere, choice: string): BoardState {
  const state = useMemo(
    () => new BoardState(here, shownBy(new URLSearchParams(choice))),
    [here, choice],
  );
  useEffect(() => state.follow(), [state]);
  return state;
}
