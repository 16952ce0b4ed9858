/** What happened to a decision, in words. */

import t from "locale:decision";
import type { components } from "../../api/schema";
import { list } from "../../text/format";

export type Entry = components["schemas"]["DecisionHistoryEntry"];

const SAY: Record<string, () => string> = {
  "decision.created": () => t.didCreate,
  "decision.opened": () => t.didOpen,
  "decision.extended": () => t.didExtend,
  "decision.input_given": () => t.didGiveInput,
  "decision.closed": () => t.didClose,
  "decision.decided": () => t.didDecide,
  "decision.withdrawn": () => t.didWithdraw,
  "decision.read": () => t.didRead,
  "decision.review_due": () => t.didAskForReview,
  "decision.linked": () => t.didLink,
};

/** `changed the title and the context`. */
export function historyWords({ kind, changed }: Pick<Entry, "kind" | "changed">): string {
  if (kind !== "decision.changed") return SAY[kind]?.() ?? t.didSomething;
  const fields = new Set(changed.map((field) => t.field({ field })));
  return fields.size > 0 ? t.didChange({ fields: list([...fields]) }) : t.didSomething;
}
