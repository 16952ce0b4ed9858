/** Changing a project from its page: at once, and what went wrong is said. */

import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Project } from "../../live/documents";
import type { Outcome } from "../../live/edits";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import type { Rename } from "../../parts/ui/title";
import { toast } from "../../parts/ui/toast";

type ProjectEdit = Partial<components["schemas"]["ProjectEdit"]>;

const ONE = "/api/workspaces/{workspace}/projects/{key}";

/** Send a change of that revision. Throws a Refusal. */
export function sendEdit(
  here: WorkspaceHere,
  key: string,
  rev: number,
  body: ProjectEdit,
): Promise<Project> {
  const params = { ...here.pathParams({ key }), header: { "if-match": `"${rev}"` } };
  return answer(api.PATCH(ONE, { params, body: body as components["schemas"]["ProjectEdit"] }));
}

/** The project as the server has it. Throws a Refusal. */
export function readProject(here: WorkspaceHere, key: string): Promise<Project> {
  return answer(api.GET(ONE, { params: here.pathParams({ key }) }));
}

function changeProject(
  here: WorkspaceHere,
  { id, key }: Project,
  edit: ProjectEdit,
): Promise<Outcome<Project>> {
  return here.live.change({
    collection: "projects",
    id,
    shown: edit as Partial<Project>,
    read: () => readProject(here, key),
    send: (rev) => sendEdit(here, key, rev, edit),
  });
}

export type Change = (edit: ProjectEdit) => Promise<void>;

export function useChange(project: Project): Change {
  const here = useWorkspace();
  return async (edit) => {
    const outcome = await changeProject(here, project, edit);
    if (outcome.kind === "refused") {
      const { title, errors } = outcome.problem;
      const why = [title, ...(errors ?? []).map(({ field, reason }) => `${field} ${reason}.`)];
      toast(`${project.name} stays as it was. ${why.join(" ")}`, { kind: "bad" });
    } else if (outcome.kind === "conflict") {
      toast(`Somebody else changed ${project.name} meanwhile; what you see is theirs.`, {
        action: { name: "Change it all the same", run: () => void changeProject(here, project, edit) },
      });
    }
  };
}

export function useProjectRename(project: Project): Rename {
  const here = useWorkspace();
  return async (name) => {
    const outcome = await changeProject(here, project, { name });
    if (outcome.kind === "settled") return null;
    if (outcome.kind === "refused") return outcome.problem.title;
    return `Somebody else called it “${outcome.theirs.name}” meanwhile. Save again to use yours.`;
  };
}
