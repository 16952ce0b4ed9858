/** What someone changed in a task, in words. */

import type { components } from "../../api/schema";
import { type Priority, priorityWords, type State, stateWords } from "../../parts/data/task-words";
import { dateWords } from "../../parts/time/times";

export type Entry = components["schemas"]["HistoryEntry"];
type Changed = Entry["changes"][string];

export interface Names {
  member: (id: string) => string;
  task: (id: string) => string;
}

/** `moved it from To do to Done, gave it to Sam`. */
export function historyWords({ kind, changes }: Entry, names: Names): string {
  if (kind === "task.created") return "made it";
  const said = Object.entries(changes).map(
    ([field, change]) => SAY[field]?.(change, names) ?? `changed the ${field}`,
  );
  return said.join(", ") || "changed it";
}

type Say = (change: Changed, names: Names) => string;

const SAY: Record<string, Say> = {
  title: ({ old }) => `renamed it from “${text(old)}”`,
  state: ({ old, new: now }) =>
    `moved it from ${stateWords(old as State)} to ${stateWords(now as State)}`,
  priority: ({ new: now }) => `gave it ${priorityWords(now as Priority).toLowerCase()} priority`,
  assignee_id: ({ old, new: now }, { member }) =>
    now ? `gave it to ${member(text(now))}` : `took it from ${member(text(old))}`,
  parent_id: ({ old, new: now }, { task }) =>
    now ? `made it part of ${task(text(now))}` : `took it out of ${task(text(old))}`,
  due_on: ({ new: now }) =>
    now ? `set the due date to ${dateWords(text(now))}` : "took the due date away",
  labels: (change) =>
    difference(change, (label) => label, "added the label", "took away the label"),
  blocked_by: (change, { task }) =>
    difference(change, task, "let it wait for", "let it no longer wait for"),
  watchers: (change, { member }) =>
    difference(change, member, "added the watcher", "took away the watcher"),
  attachments: (change) => difference(change, (name) => name, "attached", "removed the file"),
};

const text = (value: Changed["old"]): string => (typeof value === "string" ? value : "");
const list = (value: Changed["old"]): string[] => (Array.isArray(value) ? value : []);

function difference(
  change: Changed,
  nameOf: (id: string) => string,
  added: string,
  removed: string,
): string {
  const [before, after] = [list(change.old), list(change.new)];
  const came = after.filter((id) => !before.includes(id)).map(nameOf);
  const went = before.filter((id) => !after.includes(id)).map(nameOf);
  const parts = [
    came.length > 0 ? `${added} ${came.join(", ")}` : "",
    went.length > 0 ? `${removed} ${went.join(", ")}` : "",
  ];
  return parts.filter(Boolean).join(", ");
}
