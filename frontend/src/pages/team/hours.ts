/** What each hour of a date is for someone, and words for their day. */

import t from "locale:team";
import { clockOf } from "../../parts/time/times";
import type { MemberDay, Stretch, TeamDay } from "./data";

type Standing = "working" | "focus" | "off" | "free";

export interface Hour {
  /** `17`, or `17:30` in zones that differ by half an hour. */
  words: string;
  standing: Standing;
  /** Whether a date starts with it there. */
  midnight: boolean;
}

/** Each hour of the date in the member's local time, named by what fills most of it. */
export function hoursOf(day: TeamDay, member: MemberDay): Hour[] {
  return day.hours.map(({ at, local }, index) => {
    const start = Date.parse(at);
    const end = Date.parse(day.hours[index + 1]?.at ?? day.ends_at);
    const clock = clockOf(local[member.member_id] ?? "");
    return {
      words: clock.endsWith(":00") ? clock.slice(0, 2) : clock,
      standing: standingIn(member, start, end),
      midnight: clock.startsWith("00:"),
    };
  });
}

function standingIn(member: MemberDay, start: number, end: number): Standing {
  const fills = (stretches: readonly Stretch[]) => 2 * within(stretches, start, end) >= end - start;
  if (fills(member.focus)) return "focus";
  if (fills(member.working)) return "working";
  return fills(member.off) ? "off" : "free";
}

function within(stretches: readonly Stretch[], from: number, until: number): number {
  let length = 0;
  for (const { start, end } of stretches) {
    length += Math.max(0, Math.min(until, Date.parse(end.at)) - Math.max(from, Date.parse(start.at)));
  }
  return length;
}

/** `09:00–13:00, 14:00–18:00` in the member's local time. */
export const spanWords = (stretches: readonly Stretch[]): string =>
  stretches.map(({ start, end }) => `${clockOf(start.local)}–${clockOf(end.local)}`).join(", ");

/** Words for a member's date, in their local time. */
export function dayInWords({ working, focus, off }: MemberDay): string {
  const parts = [];
  if (working.length > 0) parts.push(t.works({ times: spanWords(working) }));
  if (focus.length > 0) parts.push(t.focusAt({ times: spanWords(focus) }));
  if (off.length > 0 && working.length === 0) parts.push(t.timeOff);
  else if (off.length > 0) parts.push(t.offAt({ times: spanWords(off) }));
  return parts.join(" · ") || t.dayOff;
}

/** How much of the date has passed, in percent; null outside it. */
export function nowWithin(day: TeamDay, now: number): number | null {
  const start = Date.parse(day.starts_at);
  const end = Date.parse(day.ends_at);
  return start <= now && now < end ? (100 * (now - start)) / (end - start) : null;
}

/** The date that is some days after another, or before it. */
export function dateBeside(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
