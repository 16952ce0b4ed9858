/** What a decision needs from whom. */

import type { Decision } from "../../live/documents";

type Card = Pick<Decision, "status" | "closed_at" | "decided_at" | "decider_id" | "stakeholders">;

/** What a decision needs from this member, in words; null for nothing. */
export function waitsForMe(decision: Card, memberId: string): string | null {
  const { status, closed_at, decided_at, decider_id, stakeholders } = decision;
  const mine = stakeholders.find(({ member_id }) => member_id === memberId);
  if (status === "open" && mine && !mine.has_answered) return "Waits for your input";
  if (status === "open" && closed_at && decider_id === memberId) return "Waits for your decision";
  if (status === "decided" && decided_at && mine && !mine.has_read) return "To be read by you";
  return null;
}
