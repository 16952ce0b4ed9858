/** Telling people how a change ended that was shown before the server had it. */

import { type Problem, problemIn } from "../../api/problem";
import type { Outcome, Saved } from "../../live/save";
import { toast } from "../ui/toast";

/** A refusal as an outcome. */
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

/** Why a title could not be changed; null where it was. */
export function renameError<T>(
  outcome: Outcome<T>,
  titleOf: (theirs: T) => string,
  wordsOf = ({ title }: Problem) => title,
): string | null {
  if (outcome.kind === "settled") return null;
  if (outcome.kind === "refused") return wordsOf(outcome.problem);
  return `Somebody else called it “${titleOf(outcome.theirs)}” meanwhile. Save again to use yours.`;
}

/** Say by a toast that `name` was not changed, and why; `again` changes it over a conflict. */
export function reportOutcome<T>(
  name: string,
  outcome: Outcome<T>,
  again: (theirs: T) => void,
  wordsOf = problemWords,
): void {
  if (outcome.kind === "refused") {
    toast(`${name} stays as it was. ${wordsOf(outcome.problem)}`, { kind: "bad" });
  } else if (outcome.kind === "conflict") {
    const run = () => again(outcome.theirs);
    toast(`Somebody else changed ${name} meanwhile; what you see is theirs.`, {
      action: { name: "Change it all the same", run },
    });
  }
}
