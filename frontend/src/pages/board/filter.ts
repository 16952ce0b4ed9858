/**
 * What the board shows: the filters of the API's list of tasks, by the same names in the address.
 * A link to the board and a call of the API mean the same tasks.
 */

import type { Task, View } from "../../live/documents";
import { fold, microseconds, READ, readBool, readDay, readInstant } from "./filter-values";

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
const READ_DATE = { due_before: readDay, due_after: readDay, updated_since: readInstant };
const SORTS = ["key", "created_at", "updated_at", "due_on", "priority", "state"];
const MOST_VALUES = 50;

type SeveralName = (typeof SEVERAL)[number];

export interface Shown {
  several: Record<SeveralName, readonly string[]>;
  dates: Record<(typeof DATES)[number], string | null>;
  open: boolean | null;
  /** Words of the key or the title; only a page filters by them. */
  text: string;
  by: Grouping;
  sort: Sort;
  /** The parameters of the address that the API refuses: it shows no tasks, and so does the board. */
  refused: readonly string[];
}

const DEFAULT_SORT: Sort = "-priority";
const GROUPINGS: readonly Grouping[] = ["state", "assignee", "project"];

export function shownBy(query: URLSearchParams): Shown {
  const by = query.get("by") as Grouping;
  const refused = new Set<string>();
  const taken = <V>(name: string, value: string, read: V | null): V[] => {
    if (read === null) refused.add(value ? `${name}=${value}` : name);
    return read === null ? [] : [read];
  };
  /** Of a parameter that takes one value, the last one counts. */
  const last = <V>(name: string, read: (value: string) => V | null): V | null => {
    const value = query.getAll(name).at(-1);
    return value === undefined ? null : (taken(name, value, read(value))[0] ?? null);
  };
  for (const name of SEVERAL) if (query.getAll(name).length > MOST_VALUES) refused.add(name);
  const several = record(SEVERAL, (name) => [
    ...new Set(query.getAll(name).flatMap((value) => taken(name, value, READ[name](value)))),
  ]);
  const open = last("open", readBool);
  return {
    several,
    dates: record(DATES, (name) => last(name, READ_DATE[name])),
    open: open === null ? null : open === "true",
    text: query.get("q") ?? "",
    by: GROUPINGS.includes(by) ? by : "state",
    sort: last("sort", readSort) ?? DEFAULT_SORT,
    refused: [...refused],
  };
}

const readSort = (value: string): Sort | null =>
  SORTS.includes(value.replace("-", "")) && !value.slice(1).includes("-") ? (value as Sort) : null;

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
    refused: [],
  };
}

/** What the API takes for a view that shows the same. */
export function filterOf({ several, dates, open }: Shown) {
  return { ...several, ...dates, open } as View["filter"];
}

export function isFiltered({ several, dates, open, text, refused }: Shown): boolean {
  const isSet = SEVERAL.some((name) => several[name].length > 0);
  return isSet || DATES.some((name) => dates[name]) || open !== null || text !== "" || refused.length > 0;
}

/** What a filter needs to know beside the task. */
export interface Known {
  me: string;
  projectKey: (id: string) => string | undefined;
  taskKey: (id: string) => string | undefined;
}

/** Whether the board shows a task. */
export function fits(task: Task, shown: Shown, known: Known): boolean {
  const { several, dates, open, text, refused } = shown;
  if (refused.length > 0) return false;
  const any = (name: SeveralName, values: readonly (string | null | undefined)[]) =>
    several[name].length === 0 || several[name].some((wanted) => values.includes(wanted));
  const asked = (member: string | null) => [member ?? "none", member === known.me ? "me" : null];
  const watchers = task.watchers.flatMap(asked);
  return (
    any("project", [known.projectKey(task.project_id)]) &&
    any("state", [task.state]) &&
    any("assignee", asked(task.assignee_id)) &&
    any("priority", [task.priority]) &&
    (several.label.length === 0 || shares(several.label, task.labels)) &&
    any("created_by", asked(task.created_by)) &&
    any("watcher", watchers) &&
    any("parent", [task.parent_id && known.taskKey(task.parent_id)]) &&
    (open === null || open === (task.closed_at === null)) &&
    (!dates.due_before || (task.due_on !== null && task.due_on < dates.due_before)) &&
    (!dates.due_after || (task.due_on !== null && task.due_on > dates.due_after)) &&
    (!dates.updated_since || isSince(task.updated_at, dates.updated_since)) &&
    says(task, text)
  );
}

const isSince = (at: string, since: string) => microseconds(at) >= microseconds(since);

/** Whether one label is in both, in any case. */
function shares(wanted: readonly string[], labels: readonly string[]): boolean {
  const folded = labels.map(fold);
  return wanted.some((name) => folded.includes(fold(name)));
}

/** Whether two values of a filter mean the same. */
export function isSameFilter(name: SeveralName, a: string, b: string): boolean {
  return name === "label" ? fold(a) === fold(b) : a === b;
}

function says({ key, title }: Task, text: string): boolean {
  if (!text) return true;
  const all = `${key} ${title}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

function record<N extends string, V>(names: readonly N[], of: (name: N) => V): Record<N, V> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, V>;
}
