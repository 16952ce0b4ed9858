/** The status of a question on Today, counted by the clock. */

import type { components } from "../../api/schema";
import time from "locale:time";
import { durationWords, localNow, timeWords } from "../../parts/time/times";

export type AskLine = components["schemas"]["AskLine"];

/** A question's time starts within a second. That short wait isn't shown. */
const SECOND_MS = 1000;

export interface AskStatus {
  words: string;
  tone: "plain" | "info" | "warn" | "bad";
}

/**
 * `48 min left`, `22 min late`, `Due tomorrow 09:00 · outside working hours`.
 *
 * `answeredAt` is when the server counted; since then the working time that passed is counted here,
 * in the spans that it gave.
 */
export function askStatus(line: AskLine, answeredAt: number, minute: number): AskStatus {
  const now = Math.max(minute, answeredAt); // the minute that ticks may have begun before
  const { timer, due, countdown } = line;
  if (!due) return { words: time.noDueTime, tone: "plain" };
  const dueAt = Date.parse(due.at);
  const when = timeWords(due.yours, localNow(due.at, due.yours, now));
  if (timer.paused_at) return { words: time.paused({ when }), tone: "plain" };
  if (timer.breached_at || dueAt <= now) {
    return { words: time.late({ duration: durationWords(now - dueAt) }), tone: "bad" };
  }
  const { runs_from } = countdown;
  if (!runs_from) return { words: time.due({ when }), tone: "plain" };
  if (Date.parse(runs_from.at) >= now + SECOND_MS) {
    return { words: time.outsideHours({ when }), tone: "plain" };
  }
  const left = countdown.left_s * 1000 - passed(countdown.spans, answeredAt, now);
  return {
    words: time.left({ duration: durationWords(left) }),
    tone: timer.warned_at ? "warn" : "info",
  };
}

type Spans = AskLine["countdown"]["spans"];

/** The working time between two instants. */
function passed(spans: Spans, from: number, until: number): number {
  let sum = 0;
  for (const { start, end } of spans) {
    const begins = Math.max(from, Date.parse(start));
    sum += Math.max(0, Math.min(until, Date.parse(end)) - begins);
  }
  return sum;
}
