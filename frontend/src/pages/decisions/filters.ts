/** The filters of the list of decisions, by their value in the URL. */

import t from "locale:decision";
import type { operations } from "../../api/schema";

type Query = NonNullable<operations["decisions_list"]["parameters"]["query"]>;

interface Filter {
  value: string;
  name: () => string;
  query: Pick<Query, "status" | "waiting" | "overdue">;
  /** The title of an empty list. */
  empty: () => string;
  /** Hidden from guests: no one asks them, and they aren't told who is late. */
  ofTeam?: boolean;
}

const ALL: Filter = { value: "", name: () => t.all, query: {}, empty: () => t.noDecisions };

export const FILTERS: readonly Filter[] = [
  ALL,
  {
    value: "waiting",
    name: () => t.waitingOnMe,
    query: { waiting: "me" },
    empty: () => t.allCaughtUp,
    ofTeam: true,
  },
  { value: "open", name: () => t.open, query: { status: ["open"] }, empty: () => t.noneOpen },
  {
    value: "overdue",
    name: () => t.overdue,
    query: { overdue: true },
    empty: () => t.noneOverdue,
    ofTeam: true,
  },
  {
    value: "decided",
    name: () => t.decided,
    query: { status: ["decided"] },
    empty: () => t.noneDecided,
  },
  { value: "drafts", name: () => t.drafts, query: { status: ["draft"] }, empty: () => t.noDrafts },
];

export const filterNamed = (value: string | null): Filter =>
  FILTERS.find((filter) => filter.value === value) ?? ALL;
