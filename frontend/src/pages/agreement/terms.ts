/** The terms of an agreement, in words. */

import t from "locale:agreement";
import common from "locale:common";
import time from "locale:time";
import type { Agreement, Card, Clauses, Step } from "./data";
import { isForDecision, timerKindWords } from "../../parts/data/timer-kinds";
import { dateWords } from "../../parts/time/times";

export type Kind = keyof Clauses;

/** The kinds of questions, in the order of the table. */
export const KINDS: readonly Kind[] = [
  "task_comment",
  "project_update",
  "project_discussion",
  "direct_message",
  "urgent",
  "decision_input",
  "decision_outcome",
];

/** `5400` → `1 h 30 min`. Never days, because working days differ in length. */
export function allowanceWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours === 0) return time.minutesShort({ minutes });
  return minutes === 0 ? time.hoursShort({ hours }) : time.hoursMinutes({ hours, minutes });
}

/** The kinds of questions that can be handed over. Decisions can't. */
export const HANDED_OVER = KINDS.filter((kind) => !isForDecision(kind));

/** `Project lead after 1 h, then Workspace owner after 1 h`. */
export function stepsWords(steps: readonly Step[] | undefined): string {
  const [first, ...rest] = (steps ?? []).map(({ to, allowance_s }) =>
    t.stepAfter({ who: common.stepKind({ to }), time: allowanceWords(allowance_s) }),
  );
  if (!first) return t.noOneIsAsked;
  return rest.reduce((before, step) => t.stepsInOrder({ before, step }), first);
}

/** `75` → `75%`. */
export const percentWords = (share: number): string => t.percent({ share });

/** An instant that the server gives no local time for: `Mon 18 May, 07:00 UTC`. */
export function utcWords(instant: string, now: number): string {
  const utc = new Date(instant).toISOString();
  const date = dateWords(utc.slice(0, 10), new Date(now).toISOString().slice(0, 10));
  return t.utcTime({ date, time: utc.slice(11, 16) });
}

export type VersionStatus = "inForce" | "scheduled" | "superseded";

/** The status of a version at an instant in epoch milliseconds, given all versions. */
export function versionStatus(card: Card, all: readonly Card[], now: number): VersionStatus {
  if (Date.parse(card.in_force_from) > now) return "scheduled";
  const later = all.some(
    ({ version, in_force_from }) => version > card.version && Date.parse(in_force_from) <= now,
  );
  return later ? "superseded" : "inForce";
}

interface TermChange {
  name: string;
  before: string;
  after: string;
}

type Terms = Pick<Agreement, "clauses" | "warn_share" | "first_check_minutes">;

/** The terms that differ between two versions. */
export function termChanges(before: Terms, after: Terms): TermChange[] {
  const rows = (terms: Terms): [string, string][] => [
    ...KINDS.map((kind): [string, string] => [
      timerKindWords(kind),
      allowanceWords(terms.clauses[kind].allowance_s),
    ]),
    ...HANDED_OVER.map((kind): [string, string] => [
      t.ifNoOneAnswersTo({ label: timerKindWords(kind) }),
      stepsWords(terms.clauses[kind].escalation),
    ]),
    [t.warnAfter, percentWords(terms.warn_share)],
    [t.firstCheck, allowanceWords(terms.first_check_minutes * 60)],
  ];
  const old = new Map(rows(before));
  return rows(after)
    .map(([name, now]) => ({ name, before: old.get(name) ?? "", after: now }))
    .filter((change) => change.before !== change.after);
}

/** The name of a field of the draft, as the API names it in a refusal. */
export function fieldWords(field: string): string {
  const kind = KINDS.find((each) => field.split(".").includes(each));
  if (kind) return timerKindWords(kind);
  if (field === "title") return common.title;
  if (field === "warn_share") return t.warnAfter;
  return field === "first_check_minutes" ? t.firstCheck : t.agreementText;
}
