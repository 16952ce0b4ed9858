/** What someone changed in a task, in words. */

import t from "locale:task";
import type { components } from "../../api/schema";
import { type Priority, priorityWords, type State, stateWords } from "../../parts/data/task-words";
import { dateWords } from "../../parts/time/times";
import { list } from "../../text/format";

export type Entry = components["schemas"]["HistoryEntry"];
type Changed = Entry["changes"][string];

export interface Names {
  member: (id: string) => string;
  task: (id: string) => string;
}

/** `moved the task from To do to Done and assigned Sam`. */
export function historyWords({ kind, changes }: Entry, names: Names): string {
  if (kind === "task.created") return t.didCreate;
  const said = Object.entries(changes).flatMap(
    ([field, change]) => SAY[field]?.(change, names) ?? t.didChangePoint({ point: field }),
  );
  return list(said) || t.didChangePoint({ point: "other" });
}

type Say = (change: Changed, names: Names) => string | string[];
type SayNames = (values: { count: number; names: string }) => string;

const SAY: Record<string, Say> = {
  title: ({ old }) => t.didRename({ title: text(old) }),
  state: ({ old, new: now }) =>
    t.didMove({ from: stateWords(old as State), to: stateWords(now as State) }),
  priority: ({ new: now }) => t.didPrioritize({ priority: priorityWords(now as Priority) }),
  assignee_id: ({ old, new: now }, { member }) =>
    now ? t.didAssign({ name: member(text(now)) }) : t.didUnassign({ name: member(text(old)) }),
  parent_id: ({ old, new: now }, { task }) =>
    now ? t.didSetParent({ task: task(text(now)) }) : t.didRemoveParent({ task: task(text(old)) }),
  due_on: ({ new: now }) =>
    now ? t.didSetDue({ date: dateWords(text(now)) }) : t.didRemoveDue,
  labels: (change) => difference(change, asIs, t.didAddLabels, t.didRemoveLabels),
  blocked_by: (change, { task }) =>
    difference(change, task, t.didAddBlockers, t.didRemoveBlockers),
  watchers: (change, { member }) =>
    difference(change, member, t.didAddWatchers, t.didRemoveWatchers),
  attachments: (change) => difference(change, asIs, t.didAttach, t.didRemoveFiles),
};

const asIs = (name: string): string => name;
const text = (value: Changed["old"]): string => (typeof value === "string" ? value : "");
const idsIn = (value: Changed["old"]): string[] => (Array.isArray(value) ? value : []);

function difference(
  change: Changed,
  nameOf: (id: string) => string,
  added: SayNames,
  removed: SayNames,
): string[] {
  const [before, after] = [idsIn(change.old), idsIn(change.new)];
  const came = after.filter((id) => !before.includes(id)).map(nameOf);
  const went = before.filter((id) => !after.includes(id)).map(nameOf);
  return [
    ...(came.length > 0 ? [added({ count: came.length, names: list(came) })] : []),
    ...(went.length > 0 ? [removed({ count: went.length, names: list(went) })] : []),
  ];
}
