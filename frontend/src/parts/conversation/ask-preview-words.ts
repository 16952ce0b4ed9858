import { clockOf, timeWords } from "../time/times";
import { zoneName } from "../time/zones";
import { bothWords } from "../time/due-words";
import type { Preview } from "./ask-preview";

type Recipient = Preview["recipients"][number];

/** `Seoul, 23:02, off until 09:00`. */
export function availabilityWords({ zone, now, standing, next_start }: Recipient): string {
  const where = `${zoneName(zone)}, ${clockOf(now.theirs)}`;
  if (standing === "working") return `${where}, working`;
  if (standing === "focus") return `${where}, in a focus block`;
  if (!next_start) return `${where}, off`;
  return `${where}, off until ${timeWords(next_start.theirs, now.theirs)}`;
}

/** `due tomorrow 13:00 their time (18:00 yours)`. */
export function dueLineWords({ due, now }: Recipient): string {
  if (!due) return "cannot be asked: no working time ahead";
  return `due ${bothWords(due, Date.parse(now.at))}`;
}

/** Recipients who can be asked urgently only with a reason. */
export const needingReason = (preview: Preview | null): readonly Recipient[] =>
  preview?.recipients.filter(({ needs_reason }) => needs_reason) ?? [];

/** When the last of these people starts work; null if one has no working time ahead. */
export function lastStart(away: readonly Recipient[]): Recipient["next_start"] {
  const starts = away.map(({ next_start }) => next_start).filter((start) => start !== null);
  if (starts.length < away.length) return null;
  return starts.sort((a, b) => a.at.localeCompare(b.at)).at(-1) ?? null;
}

/** `Sam is off until Tue 09:00 their time (Tue 16:00 yours).` */
export function awayWords({ name, next_start, now }: Recipient): string {
  if (!next_start) return `${name} is off.`;
  const theirs = timeWords(next_start.theirs, now.theirs);
  return `${name} is off until ${theirs} their time (${timeWords(next_start.yours, now.yours)} yours).`;
}
