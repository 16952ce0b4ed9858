const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const AHEAD_MS = 2 * HOUR_MS;

interface Wall {
  local: string;
}

interface Clocks {
  now: Wall;
  is_working: boolean;
  /** When my next working time starts; null while I work. */
  next_first_check: Wall | null;
}

/**
 * Likely times to promise, in my local time: about two hours from now while I work, and two hours
 * into my next working day.
 */
export function promiseChoices({ now, is_working, next_first_check }: Clocks): string[] {
  const choices = [];
  if (is_working) choices.push(wholeHour(wall(now.local) + AHEAD_MS));
  if (next_first_check) choices.push(wholeHour(wall(next_first_check.local) + AHEAD_MS));
  return choices;
}

/**
 * The time that the form proposes: the first quarter of an hour that is at least one away, or the
 * first likely time where that is on a later day.
 */
export function proposedTime(now: string, choices: readonly string[]): string {
  const first = choices[0];
  if (first && first.slice(0, 10) > now.slice(0, 10)) return first;
  return whole(QUARTER_MS, wall(now) + QUARTER_MS);
}

/** A local time as if it were UTC. */
const wall = (local: string) => Date.parse(`${local.slice(0, 16)}:00Z`);

const whole = (unit: number, ms: number) =>
  new Date(Math.ceil(ms / unit) * unit).toISOString().slice(0, 16);

const wholeHour = (ms: number) => whole(HOUR_MS, ms);
