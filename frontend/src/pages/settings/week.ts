/** The hours of a week as one edits them, and in words. */

import t from "locale:settings";
import { type Problem, Refusal } from "../../api/problem";
import type { components } from "../../api/schema";
import { list, locale } from "../../text/format";

export type Interval = components["schemas"]["Interval"];
export type Week = components["schemas"]["WeeklyOut"];
export type Day = keyof Week;

export const DAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** A day that was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** `Monday`, or `Mon`, in the language of the pages. */
export function dayName(day: Day, weekday: "long" | "short" = "long"): string {
  const format = new Intl.DateTimeFormat(locale(), { weekday, timeZone: "UTC" });
  return format.format(MONDAY + DAYS.indexOf(day) * DAY_MS);
}

const USUAL: Interval = { start: "09:00", end: "17:00" };

/** The hours that a day gets next: behind those that it has. */
export function nextInterval(intervals: readonly Interval[]): Interval {
  const last = intervals.at(-1);
  if (!last) return USUAL;
  const hour = Math.min(22, Number(last.end.slice(0, 2)) + 1);
  const clock = (at: number) => `${String(at).padStart(2, "0")}:00`;
  return { start: clock(hour), end: clock(hour + 1) };
}

/** Whether hours end on the next date. */
export const crossesMidnight = ({ start, end }: Interval): boolean => end <= start;

/** A field for a time of day knows no 24:00: it is the 00:00 that ends the date. */
export const asTyped = (end: string): string => (end === "24:00" ? "00:00" : end);

/** `09:00–13:00 and 14:00–18:00`, or `Day off`. */
export function hoursWords(intervals: readonly Interval[]): string {
  if (intervals.length === 0) return t.dayOff;
  return list(intervals.map((interval) => t.clockRange(interval)));
}

/** `Mon–Fri 09:00–17:00 · Sat and Sun off`: days with the same hours are grouped. */
export function weekWords(week: Week): string {
  const groups = new Map<string, Day[]>();
  for (const day of DAYS) {
    const hours = hoursWords(week[day]);
    groups.set(hours, [...(groups.get(hours) ?? []), day]);
  }
  return [...groups].map(([hours, group]) => groupWords(week, hours, group)).join(" · ");
}

function groupWords(week: Week, hours: string, group: readonly Day[]): string {
  const days = daysWords(group);
  const isOff = group.every((day) => week[day].length === 0);
  return isOff ? t.daysOff({ days }) : t.daysHours({ days, hours });
}

/** `Mon–Fri`, `Mon and Wed`. */
export function daysWords(days: readonly Day[]): string {
  const sorted = DAYS.filter((day) => days.includes(day));
  const names = sorted.map((day) => dayName(day, "short"));
  const start = sorted[0] ? DAYS.indexOf(sorted[0]) : 0;
  const inARow = sorted.length > 2 && sorted.every((day, index) => day === DAYS[start + index]);
  return inARow ? t.dayRange({ first: names[0] ?? "", last: names.at(-1) ?? "" }) : list(names);
}

const PLACE = /\bweekly\.(mon|tue|wed|thu|fri|sat|sun)(\.\d+)?\b/g;

/** Names the day in the server's reasons about an interval: `Tuesday: Overlaps Monday.` */
export function byDay({ errors, ...problem }: Problem): Problem {
  const named = (text: string) => text.replace(PLACE, (_, day: string) => dayName(day as Day));
  const said = errors?.map(({ field, reason }) =>
    field.startsWith("weekly.")
      ? { field: "weekly", reason: t.dayReason({ day: named(field), reason: named(reason) }) }
      : { field, reason },
  );
  return said ? { ...problem, errors: said } : problem;
}

/** Throws a refused week on, with its reasons in words of the week. */
export function atTheWeek(fault: unknown): never {
  throw fault instanceof Refusal ? new Refusal(byDay(fault.problem)) : fault;
}
