/**
 * The values of the filters as the API reads them in an address: in their one spelling, or refused.
 * `filter-vectors.json` holds what the API made of hundreds of addresses; both sides test by it.
 */

import { PRIORITIES, STATES } from "../../parts/data/task-words";

/** Reads a value; null where the API refuses it. */
export type Read = (value: string) => string | null;

const PROJECT = /^[A-Za-z][A-Za-z0-9]{1,9}$/;
const TASK = /^[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,8}$/;
const ID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;
// oxlint-disable-next-line no-control-regex -- these characters are what it looks for
const CONTROL = /[\x00-\x1f\x7f]/;
const LONGEST_LABEL = 50;
const YES = ["true", "1", "t", "yes", "y", "on"];
const NO = ["false", "0", "f", "no", "n", "off"];

const shaped =
  (shape: RegExp): Read =>
  (value) =>
    shape.test(value) ? value.toUpperCase() : null;

const oneOf =
  (known: readonly string[]): Read =>
  (value) =>
    known.includes(value) ? value : null;

const member =
  (...words: string[]): Read =>
  (value) => {
    if (words.includes(value)) return value;
    return ID.test(value) ? dashed(value.toLowerCase().replaceAll("-", "")) : null;
  };

const dashed = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

function label(value: string): string | null {
  const name = value.trim();
  const isName = name !== "" && Array.from(name).length <= LONGEST_LABEL && !CONTROL.test(name);
  return isName ? name : null;
}

const isDate = (day: string) =>
  DAY.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;

/** What each filter of several values reads. */
export const READ = {
  project: shaped(PROJECT),
  state: oneOf(STATES.map(([state]) => state)),
  assignee: member("me", "none"),
  priority: oneOf(PRIORITIES.map(([priority]) => priority)),
  label,
  created_by: member("me"),
  watcher: member("me"),
  parent: shaped(TASK),
} satisfies Record<string, Read>;

export const readDay: Read = (value) => (isDate(value) ? value : null);

export const readInstant: Read = (value) =>
  INSTANT.test(value) && isDate(value.slice(0, 10)) && !Number.isNaN(microseconds(value))
    ? value
    : null;

/** `true`, `false`, or null where it is neither. */
export const readBool: Read = (value) => {
  const word = value.toLowerCase();
  if (YES.includes(word)) return "true";
  return NO.includes(word) ? "false" : null;
};

/** An instant as a number: the server counts in microseconds, `Date` in milliseconds. */
export function microseconds(instant: string): number {
  const fraction = /\.(\d+)/.exec(instant)?.[1] ?? "";
  const whole = Date.parse(instant.toUpperCase().replace(/\.\d+/, ""));
  return whole * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/**
 * What two labels share when they differ in case alone, as the server folds them. Each letter by
 * itself: a final sigma is a sigma. The dotless i has no other case.
 */
export const fold = (text: string): string =>
  text.replace(/[^ı]/gu, (letter) => letter.toLowerCase().toUpperCase().toLowerCase());
