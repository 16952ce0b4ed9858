/** What a deadline leaves to people, in words. */

import type { components } from "../../api/schema";
import { clockOf, dateWords, durationWords, localNow } from "../../parts/time/times";

export type Fairness = components["schemas"]["FairnessOut"];
export type Left = Fairness["stakeholders"][number];

const HALF_HOUR_MS = 30 * 60_000;
/** What passes until it is opened takes nothing from anybody. */
const MARGIN_MS = 15 * 60_000;

/** The next half hour at or after the instant, as the API takes it. */
export const inHalfHours = (at: number): string =>
  new Date(Math.ceil(at / HALF_HOUR_MS) * HALF_HOUR_MS).toISOString();

/** The earliest deadline that is still fair when one has read this, and its words on my clock. */
export function earliestOf({ earliest }: Fairness): { at: string; words: string } | null {
  if (!earliest) return null;
  const at = inHalfHours(Date.parse(earliest.at) + MARGIN_MS);
  return { at, words: wallWords(localNow(earliest.at, earliest.yours, Date.parse(at))) };
}

/** `2026-05-25T18:30:00+03:00` → `Mon 25 May 18:30`. */
export const wallWords = (local: string): string =>
  `${dateWords(local.slice(0, 10))} ${clockOf(local)}`;

/** A length of working time: days of it are no days of a calendar. */
export function workingWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  return hours >= 48 ? `${hours} h` : durationWords(seconds * 1000);
}
