/** The hours of a week as one edits them, and in words. */

import { type Problem, Refusal } from "../../api/problem";
import type { components } from "../../api/schema";

export type Interval = components["schemas"]["Interval"];
export type Week = components["schemas"]["WeeklyOut"];
export type Day = keyof Week;

export const DAYS: readonly (readonly [Day, string])[] = [
  ["mon", "Monday"],
  ["tue", "Tuesday"],
  ["wed", "Wednesday"],
  ["thu", "Thursday"],
  ["fri", "Friday"],
  ["sat", "Saturday"],
  ["sun", "Sunday"],
];

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

/** `09:00–13:00, 14:00–18:00`, or that the day is free. */
export function hoursWords(intervals: readonly Interval[]): string {
  return intervals.map(({ start, end }) => `${start}–${end}`).join(", ") || "free";
}

/** `Mon–Fri 09:00–17:00; Sat, Sun free`: days with the same hours together. */
export function weekWords(week: Week): string {
  const groups = new Map<string, Day[]>();
  for (const [day] of DAYS) {
    const words = hoursWords(week[day]);
    groups.set(words, [...(groups.get(words) ?? []), day]);
  }
  return [...groups].map(([words, days]) => `${daysWords(days)} ${words}`).join("; ");
}

/** `Mon–Fri`, `Mon, Wed`. */
export function daysWords(days: readonly Day[]): string {
  const order = DAYS.map(([day]) => day);
  const places = days.map((day) => order.indexOf(day)).sort((one, other) => one - other);
  const short = (place: number) => (DAYS[place]?.[1] ?? "").slice(0, 3);
  const [first = 0] = places;
  const inARow = places.length > 2 && places.every((place, index) => place === first + index);
  const last = places.at(-1) ?? first;
  return inARow ? `${short(first)}–${short(last)}` : places.map(short).join(", ");
}

const PLACE = /\bweekly\.(\w{3})(\.\d+)?\b/g;

/** What the server says of an interval, said of its day: `Tuesday: Overlaps Monday.`. */
export function byDay({ errors, ...problem }: Problem): Problem {
  const names = new Map<string, string>(DAYS);
  const named = (text: string) => text.replace(PLACE, (_, day: string) => names.get(day) ?? day);
  const said = errors?.map(({ field, reason }) =>
    field.startsWith("weekly.")
      ? { field: "weekly", reason: `${named(field)}: ${named(reason)}` }
      : { field, reason },
  );
  return said ? { ...problem, errors: said } : problem;
}

/** Throws a refused week on, with its reasons in words of the week. */
export function atTheWeek(fault: unknown): never {
  throw fault instanceof Refusal ? new Refusal(byDay(fault.problem)) : fault;
}
