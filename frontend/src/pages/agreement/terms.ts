/** What an agreement says in figures, in words. */

import type { Agreement, Card, Clauses } from "./data";
import { dateWords } from "../../parts/time/times";

export type Kind = keyof Clauses;

/** The kinds, in the order of the table, and what asks. */
export const KINDS: readonly (readonly [Kind, string])[] = [
  ["task_comment", "A comment on a task"],
  ["project_update", "A project update"],
  ["project_discussion", "A project’s discussion"],
  ["direct_message", "A direct message"],
  ["urgent", "Anything marked urgent"],
  ["decision_input", "Input for a decision"],
  ["decision_outcome", "The outcome of a decision"],
];

/** `5400` → `1 h 30 min`. Working time has no days: they are not equally long. */
export function allowanceWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [hours && `${hours} h`, minutes && `${minutes} min`];
  return parts.filter(Boolean).join(" ") || `${seconds} s`;
}

/** An instant that no wall clock was given for: `Mon 18 May 2026, 07:00 UTC`. */
export function utcWords(instant: string): string {
  const utc = new Date(instant).toISOString();
  return `${dateWords(utc.slice(0, 10), "0")}, ${utc.slice(11, 16)} UTC`;
}

export type VersionStatus = "in force" | "to come" | "superseded";

/** Where a version stands at an instant in epoch milliseconds, among all of them. */
export function versionStatus(card: Card, all: readonly Card[], now: number): VersionStatus {
  if (Date.parse(card.in_force_from) > now) return "to come";
  const later = all.some(
    ({ version, in_force_from }) => version > card.version && Date.parse(in_force_from) <= now,
  );
  return later ? "superseded" : "in force";
}

interface TermChange {
  name: string;
  before: string;
  after: string;
}

type Terms = Pick<Agreement, "clauses" | "warn_share" | "first_check_minutes">;

/** The figures that differ between two versions. */
export function termChanges(before: Terms, after: Terms): TermChange[] {
  const rows = (terms: Terms): [string, string][] => [
    ...KINDS.map(([kind, name]): [string, string] => [
      name,
      allowanceWords(terms.clauses[kind].allowance_s),
    ]),
    ["A warning after", `${terms.warn_share} %`],
    ["First check within", allowanceWords(terms.first_check_minutes * 60)],
  ];
  const old = new Map(rows(before));
  return rows(after)
    .map(([name, now]) => ({ name, before: old.get(name) ?? "", after: now }))
    .filter((change) => change.before !== change.after);
}
