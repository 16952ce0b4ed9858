/**
 * Words for dates and times. The server converts zones; the pages only read its local times and
 * count durations.
 */

import type { Timer } from "../../live/documents";
import type { Times } from "../../live/availability";
import t from "locale:time";
import { locale } from "../../text/format";
import { zoneName } from "./zones";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const FORMATS = {
  weekday: { weekday: "short" },
  date: { day: "numeric", month: "short" },
  dateOfYear: { day: "numeric", month: "short", year: "numeric" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A calendar date in the language of the pages; formats are kept by language. */
function formatted(date: string, kind: keyof typeof FORMATS): string {
  const name = `${locale()} ${kind}`;
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), { ...FORMATS[kind], timeZone: "UTC" });
    formats.set(name, format);
  }
  const words = format.format(days(date) * DAY_MS);
  return locale().startsWith("en") ? words.replace(/(Sep)t/, "$1") : words; // three letters
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();

/** `yesterday`, `today` or `tomorrow`. */
function relativeDay(ahead: number): string {
  let format = relatives.get(locale());
  if (!format) {
    format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
    relatives.set(locale(), format);
  }
  return format.format(ahead, "day");
}

/** `2026-05-22T10:30:00-04:00` → `10:30`. */
export const clockOf = (local: string): string => local.slice(11, 16);

const dateOf = (local: string): string => local.slice(0, 10);
const days = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** `2026-05-22` → `22 May`, with the year if it isn't that of `today`. */
export function dayMonthWords(date: string, today = ""): string {
  const isThisYear = !today || today.slice(0, 4) === date.slice(0, 4);
  return formatted(date, isThisYear ? "date" : "dateOfYear");
}

/** `2026-05-22` → `Fri 22 May`, with the year if it isn't that of `today`. */
export const dateWords = (date: string, today = ""): string =>
  t.weekdayDate({ weekday: formatted(date, "weekday"), date: dayMonthWords(date, today) });

/** `2026-05-22T14:30:00+03:00` → `Fri 22 May 14:30`. */
export const dateTimeWords = (local: string): string =>
  t.dayTime({ day: dateWords(dateOf(local)), time: clockOf(local) });

/** The date of an instant in this device's calendar: `2026-05-22`. */
export const localDate = (instant: number | string): string =>
  new Date(instant).toLocaleDateString("sv-SE");

/** A date relative to another: `today`, `tomorrow`, `Mon`, `Fri 22 May`. */
export function dayWords(date: string, today: string): string {
  const ahead = days(date) - days(today);
  if (Math.abs(ahead) <= 1) return relativeDay(ahead);
  return ahead > 1 && ahead < 7 ? formatted(date, "weekday") : dateWords(date, today);
}

/** A local time relative to another: `15:30`, `tomorrow 09:00`. */
export function timeWords(local: string, present: string): string {
  const time = clockOf(local);
  if (dateOf(local) === dateOf(present)) return time;
  return t.dayTime({ day: dayWords(dateOf(local), dateOf(present)), time });
}

/** A duration: `48 min`, `2 h 10 min`, `3 days`. */
export function durationWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return t.minutesShort({ minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t.days({ count: Math.floor(hours / 24) });
  const rest = minutes % 60;
  return rest && hours < 10 ? t.hoursMinutes({ hours, minutes: rest }) : t.hoursShort({ hours });
}

/** The current local time of a clock that showed `local` at `at`, until its UTC offset changes. */
export function localNow(at: string, local: string, now: number): string {
  const wall = Date.parse(`${local.slice(0, 19)}Z`) + (now - Date.parse(at));
  return new Date(wall).toISOString().slice(0, 19);
}

export interface Countdown {
  words: string;
  tone: "plain" | "info" | "warn" | "bad";
}

interface Reader {
  /** Their time zone. A time on another clock is said with its city. */
  zone?: string | undefined;
  /** Whether the due time stands beside the status. Then the status doesn't repeat it. */
  seesDue?: boolean;
}

/** A due time on the recipient's clock: `tomorrow 10:00 in New York`; no city for those there. */
export function placedWords(when: string, zone: string, { zone: mine }: Reader): string {
  return zone === mine ? when : t.inPlace({ when, place: zoneName(zone) });
}

/**
 * The status of a running timer, in words; null for one that has ended. `times` are its recipient's
 * hours of today, from the server.
 */
export function countdownOf(
  timer: Timer,
  now: number,
  times?: Times,
  reader: Reader = {},
): Countdown | null {
  if (timer.ended_at) return null;
  if (!timer.due_at || !timer.local.due_at) return { words: t.noDueTime, tone: "plain" };
  const due = Date.parse(timer.due_at);
  if (timer.breached_at || due <= now) {
    return { words: t.late({ duration: durationWords(now - due) }), tone: "bad" };
  }
  const today = localNow(timer.due_at, timer.local.due_at, now);
  const when = placedWords(timeWords(timer.local.due_at, today), timer.zone, reader);
  const { seesDue = false } = reader;
  if (timer.paused_at) return { words: seesDue ? t.pausedAlone : t.paused({ when }), tone: "plain" };
  const tone = timer.warned_at ? "warn" : "info";
  const left = times && workingLeft(times, now, due);
  if (left !== undefined && left !== null) {
    return { words: t.left({ duration: durationWords(left) }), tone };
  }
  if (times && !isWorking(times, now)) {
    return { words: seesDue ? t.outsideHoursAlone : t.outsideHours({ when }), tone: "plain" };
  }
  return { words: seesDue ? t.waiting : t.due({ when }), tone };
}

const isWorking = ({ intervals }: Times, now: number) =>
  intervals.some(({ start, end }) => Date.parse(start.at) <= now && now < Date.parse(end.at));

/** The working time until `due`; null outside working hours or if it is beyond the known hours. */
function workingLeft(times: Times, now: number, due: number): number | null {
  const last = times.intervals.at(-1);
  if (!last || !isWorking(times, now) || Date.parse(last.end.at) < due) return null;
  let left = 0;
  for (const { start, end } of times.intervals) {
    const from = Math.max(now, Date.parse(start.at));
    left += Math.max(0, Math.min(due, Date.parse(end.at)) - from);
  }
  return left;
}
