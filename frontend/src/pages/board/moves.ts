/** Moving a card to another column, by whatever means. */

import t from "locale:board";
import type { Task } from "../../live/documents";
import { canEditTask } from "../../live/tasks";
import { stateWords } from "../../parts/data/task-words";
import { columnOf } from "./arrangement";
import type { ColumnName } from "./columns";
import type { Grouping } from "./filter";
import type { BoardState } from "./state";

/** A task stays in its project. */
export const canMove = (by: Grouping): boolean => by !== "project";

/** Whether I may change the task at all. */
export const canEdit = ({ here }: BoardState, task: Task): boolean =>
  canEditTask(here.live.board.peek(), task);

/** Move a task to a column of that grouping, and say so. */
export function moveTo(
  state: BoardState,
  task: Task | undefined,
  column: string,
  by: Grouping,
): void {
  if (!task || !canMove(by) || !canEdit(state, task) || columnOf(task, by) === column) return;
  if (by === "state") {
    const to = column as Task["state"];
    void state.change(task, { state: to }, t.moved({ key: task.key, state: stateWords(to) }));
    return;
  }
  const assignee = column === "none" ? null : column;
  const member = assignee && state.here.live.one("members", assignee).peek();
  const says = member
    ? t.assigned({ key: task.key, name: member.name })
    : t.unassignedTask({ key: task.key });
  void state.change(task, { assignee_id: assignee }, says);
}

/** The column beside the one of a task. */
export function nextColumn(
  state: BoardState,
  names: readonly ColumnName[],
  id: string,
  by: 1 | -1,
): ColumnName | undefined {
  const task = state.here.live.one("tasks", id).peek();
  if (!task || !canMove(state.shown.by) || !canEdit(state, task)) return undefined;
  const present = columnOf(task, state.shown.by);
  return names[names.findIndex((column) => column.id === present) + by];
}
