/** Changes a project at once and reports problems. */

import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import type { Project } from "../../live/documents";
import type { Outcome } from "../../live/save";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import type { Rename } from "../../parts/ui/title";
import { renameError, reportOutcome } from "../../parts/data/edit-outcome";
import type { Problem } from "../../api/problem";

type ProjectEdit = Partial<components["schemas"]["ProjectEdit"]>;

const ONE = "/api/workspaces/{workspace}/projects/{key}";

/** Send a change of that revision. Throws a Refusal. */
export function sendEdit(
  here: WorkspaceHere,
  key: string,
  rev: number,
  body: ProjectEdit,
): Promise<Project> {
  const params = { ...here.pathParams({ key }), header: ifMatch(rev) };
  return answer(api.PATCH(ONE, { params, body }));
}

/** Read a project from the server. Throws a Refusal. */
export function readProject(here: WorkspaceHere, key: string): Promise<Project> {
  return answer(api.GET(ONE, { params: here.pathParams({ key }) }));
}

function changeProject(
  here: WorkspaceHere,
  { id, key }: Project,
  edit: ProjectEdit,
  seen: ProjectEdit = {},
): Promise<Outcome<Project>> {
  return here.live.change({
    collection: "projects",
    id,
    shown: edit,
    seen,
    read: () => readProject(here, key),
    send: (rev) => sendEdit(here, key, rev, edit),
  });
}

/** Changes fields; `seen` is what they were when the edit began. */
export type Change = (edit: ProjectEdit, seen?: ProjectEdit) => Promise<void>;

const refusalWords = ({ title, errors }: Problem): string =>
  [title, ...(errors ?? []).map(({ reason }) => reason)].join(" ");

export function useChange(project: Project): Change {
  const here = useWorkspace();
  return async (edit, seen) => {
    const outcome = await changeProject(here, project, edit, seen);
    const again = () => void changeProject(here, project, edit);
    reportOutcome(project.name, outcome, again, refusalWords);
  };
}

export function useProjectRename(project: Project): Rename {
  const here = useWorkspace();
  return async (name, over) => {
    const outcome = await changeProject(here, project, { name }, { name: over });
    return renameError(outcome, (theirs) => theirs.name);
  };
}
