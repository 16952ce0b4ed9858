/** When an answer is due, in both people's local time. */

import type { components } from "../../api/schema";
import { localNow, timeWords } from "./times";

type TwoClocks = components["schemas"]["TwoClocks"];

const sameClock = ({ theirs, yours }: TwoClocks) => theirs === yours;

/** `tomorrow 13:00 their time (18:00 yours)`; only one time where both are the same. */
export function bothWords(moment: TwoClocks, now: number): string {
  const { at, theirs, yours } = moment;
  const here = timeWords(yours, localNow(at, yours, now));
  if (sameClock(moment)) return here;
  return `${timeWords(theirs, localNow(at, theirs, now))} their time (${here} yours)`;
}

/** The due time; in local time only for the recipient. */
export function dueWords(due: TwoClocks, now: number, isMine: boolean): string {
  const said = Date.parse(due.at) <= now ? "was due" : "due";
  if (isMine)
    return `${said} ${timeWords(due.yours, localNow(due.at, due.yours, now))} on your clock`;
  return `${said} ${bothWords(due, now)}`;
}
