import t from "locale:conversation";
import { clockOf, localNow, timeWords } from "../time/times";
import { zoneName } from "../time/zones";
import { bothWords } from "../time/due-words";
import type { Preview } from "./ask-preview";

type Recipient = Preview["recipients"][number];
type Step = Recipient["escalation"][number];

/** `23:02 in Seoul, not working until tomorrow 09:00`. */
export function availabilityWords({ zone, now, standing, next_start }: Recipient): string {
  const place = { time: clockOf(now.theirs), city: zoneName(zone) };
  if (standing === "off" && next_start) {
    return t.notWorkingUntilThere({ ...place, start: timeWords(next_start.theirs, now.theirs) });
  }
  return t.availability({ ...place, state: standing });
}

/** `due tomorrow 13:00 in Seoul (18:00 for you)`. */
export function dueLineWords({ due, zone, now }: Recipient): string {
  return due ? t.dueAt({ when: bothWords(due, zone, Date.parse(now.at)) }) : t.cantBeAsked;
}

/** `If no one answers: Noor (Tue 11:00 in Dubai), then Ada (Wed 10:00 in London)`, or nothing. */
export function nextInLineWords({ escalation, now }: Recipient): string | null {
  const steps = escalation.flatMap((step) => stepWords(step, Date.parse(now.at)) ?? []);
  const [first, ...rest] = steps;
  if (!first) return null;
  return t.nextInLine({
    steps: rest.reduce((before, step) => t.stepsInOrder({ before, step }), first),
  });
}

/** `Noor (Tue 11:00 in Dubai)`; null for a step that asks no one. */
export function stepWords({ name, zone, asked }: Step, now: number): string | null {
  if (!name || !zone || !asked) return null;
  const time = timeWords(asked.theirs, localNow(asked.at, asked.theirs, now));
  return t.stepAt({ name, time, city: zoneName(zone) });
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

/** `Sam isn’t working until Tue 09:00 in Seoul (Tue 16:00 for you).` */
export function awayWords({ name, zone, next_start, now }: Recipient): string {
  if (!next_start) return t.notWorking({ name });
  return t.notWorkingUntil({ name, when: bothWords(next_start, zone, Date.parse(now.at)) });
}
