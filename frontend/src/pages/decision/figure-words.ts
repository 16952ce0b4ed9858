/** What a decision took, in words. */

import type { WholeDecision } from "./data";

type Figures = NonNullable<WholeDecision["figures"]>;

export interface Said {
  figure: string;
  /** What it means beside what one aims for. */
  means: string;
}

const HOUR_S = 3600;
const HOURS = [24, 48] as const;
const MINUTES = [30, 45] as const;

/** `31 h`, and whether that is what one aims for. */
export function elapsedWords({ elapsed_s }: Pick<Figures, "elapsed_s">): Said {
  if (elapsed_s === null) return { figure: "", means: "" };
  const [least, most] = HOURS;
  const hours = elapsed_s / HOUR_S;
  const figure = hours < 1 ? `${Math.round(elapsed_s / 60)} min` : `${Math.round(hours)} h`;
  return { figure, means: aimWords(hours, least, most, "hours", "quicker", "longer") };
}

/** `35 person-minutes`, and who of them said so. */
export function minutesWords({ person_minutes, told_by, people }: Figures): Said {
  if (told_by === 0) return { figure: "Not said", means: "Nobody said what it took them." };
  const [least, most] = MINUTES;
  const aim = aimWords(person_minutes, least, most, "person-minutes", "less", "more");
  const by = told_by < people ? ` ${told_by} of ${people} people said what it took them.` : "";
  return { figure: `${person_minutes} person-minutes`, means: aim + by };
}

/** `150 person-minutes`: 5 people for 30 minutes each, and what was spared. */
export function meetingWords(figures: Figures): Said {
  const { people, meeting_minutes, meeting_person_minutes, person_minutes, told_by } = figures;
  const spared = meeting_person_minutes - person_minutes;
  const room = `${people} people for ${meeting_minutes} minutes each`;
  const than = spared >= 0 ? `${spared} more than this took` : `${-spared} fewer than this took`;
  const means = told_by > 0 ? `${room}: ${than}.` : `${room}.`;
  return { figure: `${meeting_person_minutes} person-minutes`, means };
}

function aimWords(
  value: number,
  least: number,
  most: number,
  unit: string,
  below: string,
  above: string,
): string {
  const aim = `${least} to ${most} ${unit}`;
  if (value > most) return `${upper(above)} than the ${aim} one aims for.`;
  return value < least
    ? `${upper(below)} than the ${aim} one aims for.`
    : `Within the ${aim} one aims for.`;
}

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
