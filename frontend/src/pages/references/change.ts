/** Changing facts of a reference from its page: at once, and what went wrong is said. */

import type { Outcome } from "../../live/edits";
import { useWorkspace } from "../../live/workspace";
import { saveOverOthers } from "../../parts/form/save";
import type { Rename } from "../../parts/ui/title";
import { toast } from "../../parts/ui/toast";
import { problemIn } from "../../api/problem";
import { type ReferenceEdit, type ReferenceOut, readReference, sendEdit } from "./data";

type Reload = () => Promise<void>;

/** Make the change over those of other fields by others. */
function useSave(reference: ReferenceOut) {
  const here = useWorkspace();
  const { id } = reference;
  return async (edit: ReferenceEdit): Promise<Outcome<ReferenceOut>> => {
    try {
      return await saveOverOthers<ReferenceOut>({
        base: reference,
        fields: Object.keys(edit) as (keyof ReferenceOut)[],
        read: () => readReference(here, id),
        send: (rev) => sendEdit(here, id, rev, edit),
      });
    } catch (fault) {
      return { kind: "refused", problem: problemIn(fault) };
    }
  };
}

export function useChange(reference: ReferenceOut, reload: Reload) {
  const send = useSave(reference);
  return async (edit: ReferenceEdit): Promise<void> => {
    const outcome = await send(edit);
    await reload();
    if (outcome.kind === "refused") {
      toast(`${reference.title} stays as it was. ${outcome.problem.title}`, { kind: "bad" });
    } else if (outcome.kind === "conflict") {
      toast("Somebody else changed this meanwhile; what you see is theirs.", { kind: "bad" });
    }
  };
}

export function useReferenceRename(reference: ReferenceOut, reload: Reload): Rename {
  const send = useSave(reference);
  return async (title) => {
    const outcome = await send({ title });
    await reload();
    if (outcome.kind === "settled") return null;
    if (outcome.kind === "refused") {
      const [error] = outcome.problem.errors ?? [];
      return error ? `It ${error.reason}.` : outcome.problem.title;
    }
    return `Somebody else called it “${outcome.theirs.title}” meanwhile. Save again to use yours.`;
  };
}
