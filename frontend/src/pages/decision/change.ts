/** Saves changes of a decision one after the other, over others' changes of other fields. */

import { useRef } from "preact/hooks";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import type { Board } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { asSeen, isSame, type Saved, saveOverOthers } from "../../live/save";
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
/** A field whose changes by others are a conflict. */
export type Field = keyof WholeDecision;

/** Saves over changes of other fields by others; throws a Refusal. */
export type Send = (
  base: WholeDecision,
  field: Field,
  edit: Edit,
) => Promise<Saved<WholeDecision>>;

export type OnSaved = (decision: WholeDecision) => void;

/** Whether I can edit the draft: its proposer and admins can. */
export function canEditDecision({ me }: Board, { proposed_by }: WholeDecision): boolean {
  return proposed_by === me.member_id || isAdmin(me.role);
}

/** Sends changes of a decision one at a time. */
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

/** Whether a newer revision has the same value in that field and can be the base instead. */
function sameIn(
  newer: WholeDecision | null,
  base: WholeDecision,
  field: Field,
): newer is WholeDecision {
  if (newer === null || newer.rev < base.rev) return false;
  return isSame(newer[field], base[field]);
}

/** Changes one field and reports problems. */
export type Change = (field: Field, edit: Edit) => Promise<void>;

export function useChange(decision: WholeDecision, send: Send): Change {
  return async (field, edit) => {
    const outcome = await outcomeOf(send(decision, field, edit));
    reportOutcome(decision.key, outcome, (theirs) => void send(theirs, field, edit));
  };
}

export function useRename(decision: WholeDecision, send: Send): Rename {
  return async (title, over) => {
    const seen = asSeen(decision, { title: over });
    const outcome = await outcomeOf(send(seen, "title", { title }));
    return renameError(outcome, (theirs) => theirs.title, problemWords);
  };
}
