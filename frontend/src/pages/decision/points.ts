/** The five points of the brief, checked while typing. The server decides. */

import t from "locale:decision";
import type { WholeDecision } from "./data";
import { saysSomething } from "./written";

type Missing = WholeDecision["missing"][number];

export interface PointStands {
  point: Missing["point"];
  name: string;
  /** The id of the section where it is edited. */
  at: string;
  /** What to do about it, in sentences; none if it is done. */
  missing: readonly string[];
}

/** The current text of a draft's fields, saved or not. */
export interface Typed {
  context: string;
  recommendation: string;
  options: number;
}

const points = () =>
  [
    ["context", t.context, "context"],
    ["options", t.options, "options"],
    ["request", t.recommendation, "recommendation"],
    ["authority", t.people, "people"],
    ["deadline", t.inputDeadline, "deadline"],
  ] as const;


const FEWEST_OPTIONS = 2;

/** Each point with what it misses: of texts and options as typed, of the rest as the server says. */
export function pointsOf(missing: readonly Missing[], typed: Typed): PointStands[] {
  const here: [Missing["point"], boolean, string][] = [
    ["context", !saysSomething(typed.context), t.missingContext],
    ["request", !typed.recommendation.trim(), t.missingRecommendation],
    ["options", typed.options < FEWEST_OPTIONS, t.missingOptions],
  ];
  return points().map(([point, name, at]) => {
    const own = here.find(([of]) => of === point);
    if (own) return { point, name, at, missing: own[1] ? [own[2]] : [] };
    const told = missing.filter((each) => each.point === point);
    return { point, name, at, missing: told.map(({ reason }) => reason) };
  });
}
