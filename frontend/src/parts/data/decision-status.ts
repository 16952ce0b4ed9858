/** The status of a decision, in words. */

import { Archive, CircleCheck, CircleDashed, CircleDot, Gavel, type IconNode } from "lucide";
import common from "locale:common";
import type { Decision } from "../../live/documents";
import type { Tone } from "../ui/chip";

type DecisionDates = Pick<Decision, "status" | "closed_at" | "superseded_by">;

/** The tone, words and icon of a decision's chip. */
export function decisionStatus({ status, closed_at, superseded_by }: DecisionDates): [Tone, string, IconNode] {
  if (status === "draft") return ["plain", common.draft, CircleDashed];
  if (status === "withdrawn") return ["plain", common.withdrawn, Archive];
  if (superseded_by) return ["plain", common.supersededBy({ key: superseded_by }), Archive];
  if (status === "decided") return ["good", common.decided, CircleCheck];
  if (closed_at) return ["warn", common.awaitingDecision, Gavel];
  return ["info", common.openForInput, CircleDot];
}

export const STEPS = ["proposal", "input", "decided", "record"] as const;
type Step = (typeof STEPS)[number];

/** The name of a step. */
export const stepWords = (step: Step): string => common.decisionStep({ step });

/** The current step; null for a withdrawn decision. */
export function stepOf({ status, closed_at }: DecisionDates): Step | null {
  if (status === "withdrawn") return null;
  if (status === "draft") return "proposal";
  if (status === "decided") return "record";
  return closed_at ? "decided" : "input";
}

type Card = Pick<Decision, "status" | "closed_at" | "decided_at" | "decider_id" | "stakeholders">;

/** What a decision needs from this member, in words; null for nothing. */
export function waitsForMe(decision: Card, memberId: string): string | null {
  const { status, closed_at, decided_at, decider_id, stakeholders } = decision;
  const mine = stakeholders.find(({ member_id }) => member_id === memberId);
  if (status === "open" && mine && !mine.has_answered) return common.needsInput;
  if (status === "open" && closed_at && decider_id === memberId) return common.needsDecision;
  if (status === "decided" && decided_at && mine && !mine.has_read) return common.needsReading;
  return null;
}
