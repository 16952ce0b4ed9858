/** What a decision took, in words. */

import t from "locale:decision";
import common from "locale:common";
import type { WholeDecision } from "./data";

type Figures = NonNullable<WholeDecision["figures"]>;

interface FigureWords {
  figure: string;
  /** What it means next to the target. */
  means: string;
}

interface Target {
  least: number;
  most: number;
}

const HOUR_S = 3600;
const HOURS: Target = { least: 24, most: 48 };
const MINUTES: Target = { least: 30, most: 45 };

/** `31 h`, and whether that is within the target. */
export function elapsedWords({ elapsed_s }: Pick<Figures, "elapsed_s">): FigureWords {
  if (elapsed_s === null) return { figure: "", means: "" };
  const hours = elapsed_s / HOUR_S;
  const figure =
    hours < 1
      ? common.minutes({ minutes: Math.round(elapsed_s / 60) })
      : t.hours({ hours: Math.round(hours) });
  return { figure, means: t.hoursTarget({ pace: paceOf(hours, HOURS), ...HOURS }) };
}

/** `35 min`, whether that is within the target, and how many people logged their time. */
export function minutesWords({ person_minutes, told_by, people }: Figures): FigureWords {
  if (told_by === 0) return { figure: t.notLogged, means: t.noneLogged };
  const figure = common.minutes({ minutes: person_minutes });
  const target = { pace: paceOf(person_minutes, MINUTES), ...MINUTES };
  const means =
    told_by < people
      ? t.minutesTargetLoggedBy({ ...target, count: told_by, total: people })
      : t.minutesTarget(target);
  return { figure, means };
}

/** `150 min`: 5 people for 30 min each, and how much less or more the decision took. */
export function meetingWords(figures: Figures): FigureWords {
  const { people, meeting_minutes, meeting_person_minutes, person_minutes, told_by } = figures;
  const figure = common.minutes({ minutes: meeting_person_minutes });
  const meeting = { people, minutes: meeting_minutes };
  const saved = meeting_person_minutes - person_minutes;
  if (told_by === 0) return { figure, means: t.meetingOfPeople(meeting) };
  const means =
    saved >= 0 ? t.meetingSaved({ ...meeting, saved }) : t.meetingExceeded({ ...meeting, more: -saved });
  return { figure, means };
}

function paceOf(value: number, { least, most }: Target): "below" | "within" | "above" {
  if (value > most) return "above";
  return value < least ? "below" : "within";
}
