/** What the list of decisions can show, by the name in its address. */

import type { operations } from "../../api/schema";

type Query = NonNullable<operations["decisions_list"]["parameters"]["query"]>;

interface Filter {
  value: string;
  name: string;
  query: Pick<Query, "status" | "waiting" | "overdue">;
  /** Said where there is none. */
  empty: string;
  /** Guests are asked nothing, and who is late is not told to them. */
  ofTeam?: boolean;
}

const ALL: Filter = { value: "", name: "All", query: {}, empty: "No decisions yet." };

export const FILTERS: readonly Filter[] = [
  ALL,
  {
    value: "waiting",
    name: "Waiting for me",
    query: { waiting: "me" },
    empty: "No decision waits for you.",
    ofTeam: true,
  },
  { value: "open", name: "Open", query: { status: ["open"] }, empty: "Nothing is open for input." },
  {
    value: "overdue",
    name: "Overdue",
    query: { overdue: true },
    empty: "Nothing is past its deadline.",
    ofTeam: true,
  },
  { value: "decided", name: "Decided", query: { status: ["decided"] }, empty: "Nothing decided yet." },
  { value: "drafts", name: "Drafts", query: { status: ["draft"] }, empty: "No drafts." },
];

export const filterNamed = (value: string | null): Filter =>
  FILTERS.find((filter) => filter.value === value) ?? ALL;
