/**
 * Words for dates and times. The server converts zones; the pages only read its local times and
 * count durations.
 */

import type { Timer } from "../../live/documents";
import type { Times } from "../../live/availability";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `2026-05-22T10:30:00-04:00` → `10:30`. */
export const clockOf = (local: string): string => local.slice(11, 16);

const dateOf = (local: string): string => local.slice(0, 10);
const days = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** `2026-05-22` → `Fri 22 May`, with the year if it isn't that of `today`. */
export function dateWords(date: string, today = ""): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const weekday = WEEKDAYS[new Date(days(date) * DAY_MS).getUTCDay()];
  const words = `${weekday} ${Number(day)} ${MONTHS[Number(month) - 1]}`;
  return today && today.slice(0, 4) !== year ? `${words} ${year}` : words;
}

/** `2026-05-22T14:30:00+03:00` → `Fri 22 May 14:30`. */
export const dateTimeWords = (local: string): string =>
  `${dateWords(dateOf(local))} ${clockOf(local)}`;

/** The date of an instant in this device's calendar: `2026-05-22`. */
export const localDate = (instant: number | string): string =>
  new Date(instant).toLocaleDateString("sv-SE");

/** A date relative to another: `today`, `tomorrow`, `Mon`, `Fri 22 May`. */
export function dayWords(date: string, today: string): string {
  const ahead = days(date) - days(today);
  if (ahead === 0) return "today";
  if (ahead === 1) return "tomorrow";
  if (ahead === -1) return "yesterday";
  return ahead > 1 && ahead < 7 ? dateWords(date).slice(0, 3) : dateWords(date, today);
}

/** A local time relative to another: `15:30`, `tomorrow 09:00`. */
export function timeWords(local: string, present: string): string {
  const day = dayWords(dateOf(local), dateOf(present));
  return day === "today" ? clockOf(local) : `${day} ${clockOf(local)}`;
}

/** A duration: `48 min`, `2 h 10 min`, `3 days`. */
export function durationWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  const rest = minutes % 60;
  return rest && hours < 10 ? `${hours} h ${rest} min` : `${hours} h`;
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

/**
 * The status of a running timer, in words; null for one that has ended. `times` are its recipient's
 * hours of today, from the server.
 */
export function countdownOf(timer: Timer, now: number, times?: Times): Countdown | null {
  if (timer.ended_at) return null;
  if (!timer.due_at || !timer.local.due_at) return { words: "No due time", tone: "plain" };
  const due = Date.parse(timer.due_at);
  if (timer.breached_at || due <= now) {
    return { words: `${durationWords(now - due)} late`, tone: "bad" };
  }
  const today = localNow(timer.due_at, timer.local.due_at, now);
  const when = timeWords(timer.local.due_at, today);
  if (timer.paused_at) return { words: `Paused, was due ${when}`, tone: "plain" };
  const tone = timer.warned_at ? "warn" : "info";
  const left = times && workingLeft(times, now, due);
  if (left !== undefined && left !== null) return { words: `${durationWords(left)} left`, tone };
  if (times && !isWorking(times, now)) return { words: `${when}, clock stopped`, tone: "plain" };
  return { words: `due ${when}`, tone };
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
