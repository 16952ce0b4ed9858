import type { Timer } from "../../live/documents";

const KINDS: Record<Timer["kind"], string> = {
  task_comment: "Task comment",
  project_update: "Project update",
  project_discussion: "Discussion",
  direct_message: "Direct message",
  urgent: "Urgent",
  decision_input: "Input for a decision",
  decision_outcome: "Outcome of a decision",
};

/** What a clause of the agreement is about. */
export const timerKindWords = (kind: Timer["kind"]): string => KINDS[kind];

/** Whether no message answers it: input or an outcome on the decision's own page does. */
export const isForDecision = (kind: Timer["kind"]): boolean =>
  kind === "decision_input" || kind === "decision_outcome";
