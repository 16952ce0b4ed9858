import common from "locale:common";
import type { Timer } from "../../live/documents";

/** The name of a kind of question that has an answer time. */
export const timerKindWords = (kind: Timer["kind"]): string => common.timerKind({ kind });

/** Whether it is answered on the decision's page instead of by a message. */
export const isForDecision = (kind: Timer["kind"]): boolean =>
  kind === "decision_input" || kind === "decision_outcome";
