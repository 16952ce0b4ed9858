/** Words for the working time that a deadline leaves to people. */

import type { components } from "../../api/schema";
import { dateTimeWords, durationWords, localNow } from "../../parts/time/times";

export type Fairness = components["schemas"]["FairnessOut"];
export type Left = Fairness["stakeholders"][number];

const HALF_HOUR_MS = 30 * 60_000;
/** What passes until it is opened takes nothing from anybody. */
const MARGIN_MS = 15 * 60_000;

/** The next half hour at or after the instant, as the API takes it. */
export const inHalfHours = (at: number): string =>
  new Date(Math.ceil(at / HALF_HOUR_MS) * HALF_HOUR_MS).toISOString();

/** The earliest deadline that is still fair, and its words in my local time. */
export function earliestOf({ earliest }: Fairness): { at: string; words: string } | null {
  if (!earliest) return null;
  const at = inHalfHours(Date.parse(earliest.at) + MARGIN_MS);
  return { at, words: dateTimeWords(localNow(earliest.at, earliest.yours, Date.parse(at))) };
}

/** A duration of working time in hours, because working days differ in length. */
export function workingWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  return hours >= 48 ? `${hours} h` : durationWords(seconds * 1000);
}
