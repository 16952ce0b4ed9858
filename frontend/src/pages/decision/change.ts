/** Changing a draft where it stands: one change after the other, and none of others' unseen. */

import { useRef } from "preact/hooks";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import type { Board } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { isSame, type Saved, saveOverOthers } from "../../live/save";
import type { Rename } from "../../parts/ui/title";
import {
  outcomeOf,
  problemWords,
  renameError,
  reportOutcome,
} from "../../parts/data/edit-outcome";
import { ONE, type WholeDecision } from "./data";
import { isAdmin } from "../../live/documents";

type DecisionEdit = components["schemas"]["DecisionEdit"];
export type Edit = Partial<DecisionEdit>;
/** Where others' changes of the same are seen. */
export type Field = keyof WholeDecision;

/** Saves over changes of other fields by others; throws a Refusal. */
export type Send = (
  base: WholeDecision,
  field: Field,
  edit: Edit,
) => Promise<Saved<WholeDecision>>;

export type OnSaved = (decision: WholeDecision) => void;

/** Who proposes it, and admins. */
export function mayEdit({ me }: Board, { proposed_by }: WholeDecision): boolean {
  return proposed_by === me.member_id || isAdmin(me.role);
}

/** Sends changes of one decision, each when the one before has been answered. */
export function useSend(key: string, saved: OnSaved): Send {
  const here = useWorkspace();
  const tail = useRef<Promise<unknown>>(Promise.resolve());
  const newest = useRef<WholeDecision | null>(null);
  const params = here.pathParams({ key });
  return (base, field, edit) => {
    const run = async () => {
      const outcome = await saveOverOthers<WholeDecision>({
        base: sameIn(newest.current, base, field) ? newest.current : base,
        fields: [field],
        read: () => answer(api.GET(ONE, { params })),
        send: (rev) => {
          // The request completes even if the page is closed right after.
          const sent = { body: edit as DecisionEdit, keepalive: true };
          return answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, ...sent }));
        },
      });
      newest.current = outcome.kind === "settled" ? outcome.document : outcome.theirs;
      saved(newest.current);
      return outcome;
    };
    const sent = tail.current.then(run);
    tail.current = sent.catch(() => undefined);
    return sent;
  };
}

/** Whether a newer revision says the same there: then it is no conflict to begin with it. */
function sameIn(
  newer: WholeDecision | null,
  base: WholeDecision,
  field: Field,
): newer is WholeDecision {
  if (newer === null || newer.rev < base.rev) return false;
  return isSame(newer[field], base[field]);
}

/** Changes one field by a choice; what went wrong is said. */
export type Change = (field: Field, edit: Edit) => Promise<void>;

export function useChange(decision: WholeDecision, send: Send): Change {
  return async (field, edit) => {
    const outcome = await outcomeOf(send(decision, field, edit));
    reportOutcome(decision.key, outcome, (theirs) => void send(theirs, field, edit));
  };
}

export function useRename(decision: WholeDecision, send: Send): Rename {
  return async (title) => {
    const outcome = await outcomeOf(send(decision, "title", { title }));
    return renameError(outcome, (theirs) => theirs.title, problemWords);
  };
}
