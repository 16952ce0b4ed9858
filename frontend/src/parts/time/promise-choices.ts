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

/** A local time as if it were UTC. */
const wall = (local: string) => Date.parse(`${local.slice(0, 16)}:00Z`);

const wholeHour = (ms: number) =>
  new Date(Math.ceil(ms / HOUR_MS) * HOUR_MS).toISOString().slice(0, 16);
