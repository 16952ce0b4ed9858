/** Words for explanations: answers given by talking. */

import common from "locale:common";
import type { components } from "../../api/schema";
import type { Board } from "../../live/documents";
import { list } from "../../text/format";
import { dayMonthWords } from "../time/times";

type Schemas = components["schemas"];

export type Explanation = Schemas["NotedExplanation"];
export type Subject = Schemas["SubjectOut"];
export type Similar = Schemas["Similar"];

/** How many explanations of a subject lead to a request for a reference. */
export const REFERENCE_AFTER = 3;

/** `once`, `twice`, `3 times`. */
export const timesWords = (count: number): string => common.timesExplained({ count });

/** `4 May by Olena and 11 May by Sam`: the latest few. */
export function historyWords(
  explanations: readonly Explanation[],
  { members }: Pick<Board, "members">,
  most = 4,
): string {
  const said = explanations.slice(-most).map(({ explained_local, explained_by }) => {
    const who = members.get(explained_by)?.name.split(" ")[0] ?? "none";
    return common.explainedOn({ date: dayMonthWords(explained_local.slice(0, 10)), name: who });
  });
  const earlier = explanations.length - said.length;
  return list(earlier > 0 ? [common.explainedEarlier({ count: earlier }), ...said] : said);
}
