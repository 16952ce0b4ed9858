/** When a decision in the list is due or was decided, as durations, which no zone changes. */

import t from "locale:decision";
import type { Decision } from "../../live/documents";
import { agoWords } from "../../parts/time/relative-time";
import { dayMonthWords, durationWords } from "../../parts/time/times";

interface When {
  words: string;
  isLate: boolean;
}

export function whenOf(decision: Decision, now: number): When {
  const { status, input_due_at, closed_at, decided_at, decided_on, withdrawn_at } = decision;
  if (status === "decided") return plain(decidedWords(decided_at, decided_on, now));
  if (withdrawn_at) return plain(t.withdrawnAgo({ ago: agoWords(withdrawn_at, now) }));
  if (status === "draft") return plain(t.updated({ ago: agoWords(decision.updated_at, now) }));
  const left = Date.parse(input_due_at ?? "") - now;
  if (left <= 0) return { words: t.overdueBy({ duration: durationWords(-left) }), isLate: true };
  if (closed_at) return plain(t.inputClosed({ ago: agoWords(closed_at, now) }));
  return plain(t.timeLeft({ duration: durationWords(left) }));
}

function decidedWords(at: string | null, on: string | null, now: number): string {
  if (at) return agoWords(at, now);
  return on ? dayMonthWords(on, new Date(now).toISOString().slice(0, 10)) : t.noDate;
}

const plain = (words: string): When => ({ words, isLate: false });

/** `2 of 3 answered`; nothing where no one is asked yet. */
export function answeredWords({ status, stakeholders }: Decision): string {
  if (status !== "open" || stakeholders.length === 0) return "";
  const answered = stakeholders.filter(({ has_answered }) => has_answered).length;
  return t.answeredOf({ count: answered, total: stakeholders.length });
}
