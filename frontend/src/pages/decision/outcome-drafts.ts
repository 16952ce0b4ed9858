/** What the decider types, kept in this browser until it is sent. */

import type { WorkspaceHere } from "../../live/workspace";
import { type Draft, useDraft } from "../../parts/form/draft";
import type { WholeDecision } from "./data";
import type { Given } from "./stances";

interface Drafts {
  option: Draft;
  outcome: Draft;
  rationale: Draft;
  review: Draft;
}

/** Everything that the form asks for, as it was typed; answers have drafts of their own. */
export function useOutcomeDrafts({ id }: WholeDecision): Drafts {
  return {
    option: useDraft(`outcome:${id}:option`),
    outcome: useDraft(`outcome:${id}`),
    rationale: useDraft(`outcome:${id}:rationale`),
    review: useDraft(`outcome:${id}:review`),
  };
}

/** The name of the draft of an answer to someone's input. */
export const answerField = ({ id }: WholeDecision, { member_id }: Given) =>
  `outcome:${id}:to:${member_id}`;

/** It was sent or given up: forget all of it. */
export function clearAll(here: WorkspaceHere, decision: WholeDecision, drafts: Drafts): void {
  for (const draft of Object.values(drafts) as Draft[]) draft.clear();
  for (const given of decision.inputs) {
    localStorage.removeItem(here.storageKey(`draft:${answerField(decision, given)}`));
  }
}
