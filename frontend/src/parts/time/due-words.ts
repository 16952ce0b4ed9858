/** When an answer is due, in both people's local time. */

import type { components } from "../../api/schema";
import t from "locale:time";
import { localNow, timeWords } from "./times";
import { zoneName } from "./zones";

type TwoClocks = components["schemas"]["TwoClocks"];

const sameClock = ({ theirs, yours }: TwoClocks) => theirs === yours;

/** `tomorrow 13:00 in Seoul (07:00 for you)`; only one time where both are the same. */
export function bothWords(moment: TwoClocks, zone: string, now: number): string {
  const { at, theirs, yours } = moment;
  const here = timeWords(yours, localNow(at, yours, now));
  if (sameClock(moment)) return here;
  const when = timeWords(theirs, localNow(at, theirs, now));
  return t.inPlaceAndForYou({ when, place: zoneName(zone), yours: here });
}

/**
 * The due time, also in the recipient's zone if one is given: it isn't for the recipient. While it
 * is paused it no longer holds, and is said as past.
 */
export function dueWords(
  due: TwoClocks,
  zone: string | undefined,
  now: number,
  isPaused = false,
): string {
  const isPast = isPaused || Date.parse(due.at) <= now ? "yes" : "no";
  if (zone) return t.dueInSentence({ isPast, when: bothWords(due, zone, now) });
  return t.dueForYou({ isPast, when: timeWords(due.yours, localNow(due.at, due.yours, now)) });
}
