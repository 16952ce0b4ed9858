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

/** The name of a kind of question that has an answer time. */
export const timerKindWords = (kind: Timer["kind"]): string => KINDS[kind];

/** Whether it is answered on the decision's page instead of by a message. */
export const isForDecision = (kind: Timer["kind"]): boolean =>
  kind === "decision_input" || kind === "decision_outcome";
