/** What happened, by kinds of events, in words. */

import t from "locale:today";
import type { components } from "../../api/schema";
import { list } from "../../text/format";

type TaskState = components["schemas"]["TaskState"];

const WORDS: readonly (readonly [RegExp, (count: number, task?: TaskState) => string])[] = [
  [/^decision\.decided$/, () => t.newsDecided],
  [/^decision\.withdrawn$/, () => t.newsWithdrawn],
  [/^decision\.opened$/, () => t.newsOpenForInput],
  [/^message\.posted$/, (count) => t.messages({ count })],
  [/^task\.created$/, () => t.newsCreated],
  [/^project\.created$/, () => t.newsCreated],
  [/^(task|project)\.changed$/, (count) => t.newsChanges({ count })],
  [/^topic\.resolved$/, (_, task) => resolvedWords(task)],
  [/^topic\.reopened$/, () => t.newsReopened],
  [/^timer\.responded$/, (count) => t.newsAnswers({ count })],
  [/^timer\.breached$/, (count) => t.newsOverdue({ count })],
  [/^timer\.escalated$/, (count) => t.newsHandedOver({ count })],
  [/^timer\.acknowledged$/, (count) => t.newsPromises({ count })],
  [/^member\.joined$/, (count) => t.newsMembers({ count })],
  [/^agreement\.published$/, () => t.newsAgreement],
  [/^agreement\.signed$/, (count) => t.newsSignatures({ count })],
  [/^calendar\./, () => t.newsHours],
];

const MOST_NAMES = 2;

/** `3 messages, resolved · Sam Rivera and 2 more`. Of a task, which is in a state: `done`. */
export function newsWords(
  kinds: Readonly<Record<string, number>>,
  names: readonly string[],
  task?: TaskState,
): string {
  const facts = WORDS.flatMap(([pattern, say]) => {
    const count = Object.keys(kinds)
      .filter((kind) => pattern.test(kind))
      .reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0);
    return count > 0 ? [say(count, task)] : [];
  });
  const said = facts.length > 0 ? facts.join(", ") : t.newsChanged;
  const who = namesOf(names);
  return who ? t.newsBy({ what: said, who }) : said;
}

/** A task that is done or cancelled resolves its topic. */
function resolvedWords(task?: TaskState): string {
  if (!task) return t.newsResolved;
  return task === "cancelled" ? t.newsCancelled : t.newsDone;
}

function namesOf(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return list(names);
  const more = t.more({ count: names.length - MOST_NAMES });
  return list([...names.slice(0, MOST_NAMES), more]);
}
