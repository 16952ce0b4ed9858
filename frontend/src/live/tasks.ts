import { answer, api, ifMatch } from "../api/client";
import type { components } from "../api/schema";
import type { Board, Task } from "./documents";
import type { Outcome } from "./save";
import type { WorkspaceHere } from "./workspace";

type TaskEdit = components["schemas"]["TaskEdit"];

const ONE = "/api/workspaces/{workspace}/tasks/{key}";

/** The fields of a task that a card shows: they change at once, everywhere. */
export type CardEdit = Pick<
  TaskEdit,
  "title" | "state" | "priority" | "assignee_id" | "labels" | "due_on"
>;

/** Guests change the tasks that they made or that are assigned to them. */
export function canEditTask(board: Board | null, task: Task): boolean {
  const me = board?.me;
  return me?.role !== "guest" || [task.created_by, task.assignee_id].includes(me.member_id);
}

/** Change a task: shown at once, then sent. */
export function changeTask(
  here: WorkspaceHere,
  task: Pick<Task, "id" | "key">,
  edit: CardEdit,
): Promise<Outcome<Task>> {
  const params = here.pathParams({ key: task.key });
  return here.live.change({
    collection: "tasks",
    id: task.id,
    shown: edit,
    read: () => answer(api.GET(ONE, { params })),
    send: (rev) => {
      // It arrives even where the page is closed right behind it.
      const more = { body: edit, keepalive: true };
      return answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, ...more }));
    },
  });
}
