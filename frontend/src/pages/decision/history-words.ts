/** What happened to a decision, in words. */

import type { components } from "../../api/schema";

export type Entry = components["schemas"]["DecisionHistoryEntry"];

const FIELDS: Record<string, string> = {
  title: "the title",
  context: "the context",
  recommendation: "the recommendation",
  options: "the options",
  stakeholders: "who is asked",
  input_due_at: "the deadline for input",
  decider_id: "who decides",
  meeting_minutes: "the meeting that it replaces",
  is_public: "whether guests see it",
  supersedes: "what it supersedes",
  amends: "what it amends",
  review_on: "the day of its review",
  superseded_by: "that a later one took its place",
};

const SAY: Record<string, string> = {
  "decision.created": "began the draft",
  "decision.opened": "opened it for input",
  "decision.extended": "moved the deadline for input",
  "decision.input_given": "answered",
  "decision.closed": "ended the time for input",
  "decision.decided": "decided",
  "decision.withdrawn": "withdrew it",
  "decision.read": "confirmed that they have read the record",
  "decision.review_due": "asked whether it still holds",
  "decision.linked": "changed the linked tasks",
};

/** `changed the title and the context`. */
export function historyWords({ kind, changed }: Pick<Entry, "kind" | "changed">): string {
  if (kind !== "decision.changed") return SAY[kind] ?? "did something about it";
  const names = changed.map((field) => FIELDS[field] ?? field);
  const last = names.pop();
  return `changed ${names.length > 0 ? `${names.join(", ")} and ${last}` : (last ?? "it")}`;
}
