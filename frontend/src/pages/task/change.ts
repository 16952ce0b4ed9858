/** Changing a task from its page: at once, and what went wrong is said. */

import { answer, api } from "../../api/client";
import type { Task } from "../../live/documents";
import type { Outcome } from "../../live/edits";
import { type CardEdit, changeTask } from "../../live/tasks";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import type { Rename } from "../../parts/ui/title";
import { toast } from "../../parts/ui/toast";

export type Change = (edit: CardEdit) => Promise<void>;

const ONE = "/api/workspaces/{workspace}/tasks/{key}";

export function useChange(task: Task): Change {
  const here = useWorkspace();
  return async (edit) =>
    say(task, await changeTask(here, task, edit), () => changeTask(here, task, edit));
}

/** Lay a task under another one of its project, or under none. */
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
        const header = { "if-match": `"${rev}"` };
        const body = { parent: parent?.key ?? null };
        return answer(api.PATCH(ONE, { params: { ...params, header }, body }));
      },
    });
  const outcome = await send();
  if (outcome.kind === "refused" && outcome.problem.type === CYCLE) {
    toast(`${parent?.key} already lies under ${task.key}: it cannot also be above it.`, {
      kind: "bad",
    });
  } else say(task, outcome, send);
}

export const CYCLE = "urn:dayline:problem:task-cycle";

export function useRename(task: Task): Rename {
  const here = useWorkspace();
  return async (title) => {
    const outcome = await changeTask(here, task, { title });
    if (outcome.kind === "settled") return null;
    if (outcome.kind === "refused") return outcome.problem.title;
    return `Somebody else called it “${outcome.theirs.title}” meanwhile. Save again to use yours.`;
  };
}

function say(task: Task, outcome: Outcome<Task>, again: () => Promise<Outcome<Task>>): void {
  if (outcome.kind === "refused") {
    const { title, detail, errors } = outcome.problem;
    const why = [title, detail, ...(errors ?? []).map(({ reason }) => reason)].filter(Boolean);
    toast(`${task.key} stays as it was. ${why.join(" ")}`, { kind: "bad" });
  } else if (outcome.kind === "conflict") {
    toast(`Somebody else changed ${task.key} meanwhile; what you see is theirs.`, {
      action: {
        name: "Change it all the same",
        run: () => void again().then((next) => say(outcome.theirs, next, again)),
      },
    });
  }
}
