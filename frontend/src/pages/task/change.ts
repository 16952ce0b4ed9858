/** Changes a task at once and reports problems. */

import t from "locale:task";
import { answer, api, ifMatch } from "../../api/client";
import type { Task } from "../../live/documents";
import type { Outcome } from "../../live/save";
import { type CardEdit, changeTask } from "../../live/tasks";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import type { Rename } from "../../parts/ui/title";
import { toast } from "../../parts/ui/toast";
import { renameError, reportOutcome } from "../../parts/data/edit-outcome";

/** Changes fields; `seen` is what they were when the edit began. */
export type Change = (edit: CardEdit, seen?: CardEdit) => Promise<void>;

const ONE = "/api/workspaces/{workspace}/tasks/{key}";

export function useChange(task: Task): Change {
  const here = useWorkspace();
  const send = (edit: CardEdit, seen?: CardEdit) => changeTask(here, task, edit, seen);
  return async (edit, seen) => say(task, await send(edit, seen), () => send(edit));
}

/** Set or remove a task's parent. */
export async function changeParent(
  here: WorkspaceHere,
  task: Task,
  parent: Task | null,
): Promise<void> {
  const params = here.pathParams({ key: task.key });
  const send = () =>
    here.live.change({
      collection: "tasks",
      id: task.id,
      shown: { parent_id: parent?.id ?? null },
      read: () => answer(api.GET(ONE, { params })),
      send: (rev) => {
        const body = { parent: parent?.key ?? null };
        return answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, body }));
      },
    });
  const outcome = await send();
  if (parent && outcome.kind === "refused" && outcome.problem.type === CYCLE) {
    toast(t.cantBeParent({ parent: parent.key, task: task.key }), { kind: "bad" });
  } else say(task, outcome, send);
}

export const CYCLE = "urn:dayline:problem:task-cycle";

export function useRename(task: Task): Rename {
  const here = useWorkspace();
  return async (title, over) => {
    const outcome = await changeTask(here, task, { title }, { title: over });
    return renameError(outcome, (theirs) => theirs.title);
  };
}

function say(task: Task, outcome: Outcome<Task>, again: () => Promise<Outcome<Task>>): void {
  reportOutcome(task.key, outcome, (theirs) => {
    void again().then((next) => say(theirs, next, again));
  });
}
