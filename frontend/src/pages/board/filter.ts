/**
 * What the board shows: the filters of the API's list of tasks, by the same names in the address.
 * A link to the board and a call of the API mean the same tasks.
 */

import type { Task, View } from "../../live/documents";

export type Grouping = View["group_by"];
export type Sort = View["sort"];

/** Filters that take several values; a task fits any of them. */
export const SEVERAL = [
  "project",
  "state",
  "assignee",
  "priority",
  "label",
  "created_by",
  "watcher",
  "parent",
] as const;

const DATES = ["due_before", "due_after", "updated_since"] as const;

type SeveralName = (typeof SEVERAL)[number];

export interface Shown {
  several: Record<SeveralName, readonly string[]>;
  dates: Record<(typeof DATES)[number], string | null>;
  open: boolean | null;
  /** Words of the key or the title; only a page filters by them. */
  text: string;
  by: Grouping;
  sort: Sort;
}

export const DEFAULT_SORT: Sort = "-priority";
const GROUPINGS: readonly Grouping[] = ["state", "assignee", "project"];

export function shownBy(query: URLSearchParams): Shown {
  const by = query.get("by") as Grouping;
  const open = query.get("open");
  return {
    several: record(SEVERAL, (name) => query.getAll(name)),
    dates: record(DATES, (name) => query.get(name)),
    open: open === null ? null : open === "true",
    text: query.get("q") ?? "",
    by: GROUPINGS.includes(by) ? by : "state",
    sort: (query.get("sort") as Sort) ?? DEFAULT_SORT,
  };
}

/** The address's parameters for what is shown; what goes without saying is left out. */
export function queryOf(shown: Shown): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of SEVERAL) for (const value of shown.several[name]) query.append(name, value);
  for (const name of DATES) if (shown.dates[name]) query.set(name, shown.dates[name]);
  if (shown.open !== null) query.set("open", String(shown.open));
  if (shown.text) query.set("q", shown.text);
  if (shown.by !== "state") query.set("by", shown.by);
  if (shown.sort !== DEFAULT_SORT) query.set("sort", shown.sort);
  return query;
}

/** What a saved view shows. */
export function shownByView({ filter, group_by, sort }: View): Shown {
  return {
    several: record(SEVERAL, (name) => filter[name]),
    dates: record(DATES, (name) => filter[name]),
    open: filter.open,
    text: "",
    by: group_by,
    sort,
  };
}

/** What the API takes for a view that shows the same. */
export function filterOf({ several, dates, open }: Shown) {
  return { ...several, ...dates, open } as View["filter"];
}

export function isFiltered({ several, dates, open, text }: Shown): boolean {
  const isSet = SEVERAL.some((name) => several[name].length > 0);
  return isSet || DATES.some((name) => dates[name]) || open !== null || text !== "";
}

/** What a filter needs to know beside the task. */
export interface Known {
  me: string;
  projectKey: (id: string) => string | undefined;
  taskKey: (id: string) => string | undefined;
}

/** Whether the board shows a task. */
export function fits(task: Task, { several, dates, open, text }: Shown, known: Known): boolean {
  const any = (name: SeveralName, values: readonly (string | null | undefined)[]) =>
    several[name].length === 0 || several[name].some((wanted) => values.includes(wanted));
  const asked = (member: string | null) => [member ?? "none", member === known.me ? "me" : null];
  const watchers = task.watchers.flatMap(asked);
  return (
    any("project", [known.projectKey(task.project_id)]) &&
    any("state", [task.state]) &&
    any("assignee", asked(task.assignee_id)) &&
    any("priority", [task.priority]) &&
    any("label", task.labels) &&
    any("created_by", asked(task.created_by)) &&
    any("watcher", watchers) &&
    any("parent", [task.parent_id && known.taskKey(task.parent_id)]) &&
    (open === null || open === (task.closed_at === null)) &&
    (!dates.due_before || (task.due_on !== null && task.due_on < dates.due_before)) &&
    (!dates.due_after || (task.due_on !== null && task.due_on > dates.due_after)) &&
    (!dates.updated_since || Date.parse(task.updated_at) >= Date.parse(dates.updated_since)) &&
    says(task, text)
  );
}

function says({ key, title }: Task, text: string): boolean {
  if (!text) return true;
  const all = `${key} ${title}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

function record<N extends string, V>(names: readonly N[], of: (name: N) => V): Record<N, V> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, V>;
}
