import { answer, api } from "../../api/client";
import type { WorkspaceHere } from "../../live/workspace";

/** Delete an explanation that I noted. Throws a Refusal. */
export const undoExplanation = (here: WorkspaceHere, explanation_id: string): Promise<unknown> =>
  answer(
    api.DELETE("/api/workspaces/{workspace}/explanations/{explanation_id}", {
      params: here.pathParams({ explanation_id }),
    }),
  );
