/** When an answer is due, in both people's local time. */

import type { components } from "../../api/schema";
import t from "locale:time";
import { localNow, timeWords } from "./times";

type TwoClocks = components["schemas"]["TwoClocks"];

const sameClock = ({ theirs, yours }: TwoClocks) => theirs === yours;

/** `tomorrow 13:00 their time (18:00 for you)`; only one time where both are the same. */
export function bothWords(moment: TwoClocks, now: number): string {
  const { at, theirs, yours } = moment;
  const here = timeWords(yours, localNow(at, yours, now));
  if (sameClock(moment)) return here;
  return t.bothClocks({ theirs: timeWords(theirs, localNow(at, theirs, now)), yours: here });
}

/** The due time; in local time only for the recipient. */
export function dueWords(due: TwoClocks, now: number, isMine: boolean): string {
  const isPast = Date.parse(due.at) <= now ? "yes" : "no";
  if (!isMine) return t.dueInSentence({ isPast, when: bothWords(due, now) });
  return t.dueForYou({ isPast, when: timeWords(due.yours, localNow(due.at, due.yours, now)) });
}
