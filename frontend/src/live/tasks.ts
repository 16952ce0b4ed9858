import { answer, api, ifMatch } from "../api/client";
import type { components } from "../api/schema";
import type { Board, Task } from "./documents";
import type { Outcome } from "./save";
import type { WorkspaceHere } from "./workspace";

type TaskEdit = components["schemas"]["TaskEdit"];

const ONE = "/api/workspaces/{workspace}/tasks/{key}";

/** The fields of a task that are on its card. They change at once on every page. */
export type CardEdit = Pick<
  TaskEdit,
  "title" | "state" | "priority" | "assignee_id" | "labels" | "due_on"
>;

/** Whether I can edit a task. Guests edit those that they created or that are assigned to them. */
export function canEditTask(board: Board | null, task: Task): boolean {
  const me = board?.me;
  return me?.role !== "guest" || [task.created_by, task.assignee_id].includes(me.member_id);
}

/** Change a task: show it at once, then send it. `seen` is what it had when I began to type. */
export function changeTask(
  here: WorkspaceHere,
  task: Pick<Task, "id" | "key">,
  edit: CardEdit,
  seen: CardEdit = {},
): Promise<Outcome<Task>> {
  const params = here.pathParams({ key: task.key });
  return here.live.change({
    collection: "tasks",
    id: task.id,
    shown: edit,
    seen,
    read: () => answer(api.GET(ONE, { params })),
    send: (rev) => {
      // The request completes even if the page is closed right after.
      const more = { body: edit, keepalive: true };
      return answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, ...more }));
    },
  });
}
