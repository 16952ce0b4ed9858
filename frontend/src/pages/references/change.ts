/** Saves changes of a reference's facts, and reports problems. */

import common from "locale:common";
import type { Outcome } from "../../live/save";
import { useWorkspace } from "../../live/workspace";
import { asSeen, saveOverOthers } from "../../live/save";
import type { Rename } from "../../parts/ui/title";
import { toast } from "../../parts/ui/toast";
import type { Problem } from "../../api/problem";
import { type ReferenceEdit, type ReferenceOut, readReference, sendEdit } from "./data";
import { outcomeOf, renameError } from "../../parts/data/edit-outcome";

type Reload = () => Promise<void>;

/** Save over others' changes of other fields. */
function useSave(reference: ReferenceOut) {
  const here = useWorkspace();
  const { id } = reference;
  return (edit: ReferenceEdit, seen: Partial<ReferenceOut> = {}): Promise<Outcome<ReferenceOut>> =>
    outcomeOf(
      saveOverOthers<ReferenceOut>({
        base: asSeen(reference, seen),
        fields: Object.keys(edit) as (keyof ReferenceOut)[],
        read: () => readReference(here, id),
        send: (rev) => sendEdit(here, id, rev, edit),
      }),
    );
}

export function useChange(reference: ReferenceOut, reload: Reload) {
  const send = useSave(reference);
  return async (edit: ReferenceEdit, seen?: Partial<ReferenceOut>): Promise<void> => {
    const outcome = await send(edit, seen);
    await reload();
    if (outcome.kind === "refused") {
      const reason = refusalWords(outcome.problem);
      toast(common.couldNotChange({ name: reference.title, reason }), { kind: "bad" });
    } else if (outcome.kind === "conflict") {
      toast(common.changedMeanwhile({ name: reference.title }), { kind: "bad" });
    }
  };
}

export function useReferenceRename(reference: ReferenceOut, reload: Reload): Rename {
  const send = useSave(reference);
  return async (title, over) => {
    const outcome = await send({ title }, { title: over });
    await reload();
    return renameError(outcome, (theirs) => theirs.title, refusalWords);
  };
}

const refusalWords = ({ title, errors }: Problem): string => {
  const [error] = errors ?? [];
  return error?.reason ?? title;
};
