/** The five points of clear writing, checked while typing. The server decides. */

import type { WholeDecision } from "./data";

type Missing = WholeDecision["missing"][number];

export interface PointStands {
  point: Missing["point"];
  name: string;
  /** The id of the part of the page where it is said. */
  at: string;
  /** What is missing, in sentences; none where it is said. */
  missing: readonly string[];
}

/** What stands in the fields of a draft now, saved or not. */
export interface Typed {
  context: string;
  recommendation: string;
  options: number;
}

const POINTS = [
  ["context", "Context", "context"],
  ["options", "Options", "options"],
  ["request", "Recommendation", "recommendation"],
  ["authority", "Who decides, who is asked", "people"],
  ["deadline", "Deadline", "deadline"],
] as const;


const FEWEST_OPTIONS = 2;

/** Each point with what it misses: of texts and options as typed, of the rest as the server says. */
export function pointsOf(missing: readonly Missing[], typed: Typed): PointStands[] {
  const here: [Missing["point"], boolean, string][] = [
    ["context", !typed.context.trim(), "Say what someone needs to know to have an opinion."],
    ["request", !typed.recommendation.trim(), "Say what you propose."],
    ["options", typed.options < FEWEST_OPTIONS, "Add at least two options."],
  ];
  return POINTS.map(([point, name, at]) => {
    const own = here.find(([of]) => of === point);
    if (own) return { point, name, at, missing: own[1] ? [own[2]] : [] };
    const told = missing.filter((each) => each.point === point);
    return { point, name, at, missing: told.map(({ reason }) => reason) };
  });
}
