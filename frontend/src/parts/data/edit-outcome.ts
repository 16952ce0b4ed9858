/** Reports how an optimistic change ended. */

import common from "locale:common";
import { type Problem, problemIn } from "../../api/problem";
import type { Outcome, Saved } from "../../live/save";
import type { NotRenamed } from "../ui/title";
import { toast } from "../ui/toast";

/** Turn a thrown Refusal into an outcome. */
export async function outcomeOf<T>(saving: Promise<Saved<T>>): Promise<Outcome<T>> {
  try {
    return await saving;
  } catch (fault) {
    return { kind: "refused", problem: problemIn(fault) };
  }
}

/** A problem in one line: its title, its detail, and the reasons of each field. */
export const problemWords = ({ title, detail, errors }: Problem): string =>
  [title, detail, ...(errors ?? []).map(({ reason }) => reason)].filter(Boolean).join(" ");

/** Why a title couldn't be changed; null if it was. */
export function renameError<T>(
  outcome: Outcome<T>,
  titleOf: (theirs: T) => string,
  wordsOf = ({ title }: Problem) => title,
): NotRenamed | null {
  if (outcome.kind === "settled") return null;
  if (outcome.kind === "refused") return { reason: wordsOf(outcome.problem) };
  const theirs = titleOf(outcome.theirs);
  return { reason: common.renamedMeanwhile({ title: theirs }), theirs };
}

/** Show a toast if `name` wasn't changed. `again` repeats the change over a conflict. */
export function reportOutcome<T>(
  name: string,
  outcome: Outcome<T>,
  again: (theirs: T) => void,
  wordsOf = problemWords,
): void {
  if (outcome.kind === "refused") {
    toast(common.couldNotChange({ name, reason: wordsOf(outcome.problem) }), { kind: "bad" });
  } else if (outcome.kind === "conflict") {
    const run = () => again(outcome.theirs);
    toast(common.changedMeanwhile({ name }), { action: { name: common.useMine, run } });
  }
}
