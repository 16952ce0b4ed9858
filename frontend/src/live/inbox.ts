/** What my notices on the board add up to. The title, the sidebar and the badge count by it. */

import type { Notice } from "./documents";

export type Notices = ReadonlyMap<string, Notice>;

/** Whether it is out of the way until an instant that has not come. */
export const isSnoozed = ({ snoozed_until }: Pick<Notice, "snoozed_until">, now: number): boolean =>
  snoozed_until !== null && Date.parse(snoozed_until) > now;

/** How many of my notices are unread or need me. Those that are snoozed don't count. */
export function inboxCount(notices: Notices, now: number): number {
  let count = 0;
  for (const notice of notices.values()) {
    const counts = notice.read_at === null || notice.needs_you;
    if (counts && !isSnoozed(notice, now)) count += 1;
  }
  return count;
}

/** Whether a snooze ended between two instants. */
export function wokeBetween(notices: Notices, from: number, until: number): boolean {
  return [...notices.values()].some(
    (notice) => isSnoozed(notice, from) && !isSnoozed(notice, until),
  );
}
