/** Names, order and icons of task states and priorities. */

import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleEllipsis,
  CirclePause,
  CircleX,
  type IconNode,
  OctagonAlert,
  SignalHigh,
  SignalLow,
  SignalMedium,
} from "lucide";
import type { Task } from "../../live/documents";
import { Icon } from "../ui/icon";

export type State = Task["state"];
export type Priority = Task["priority"];

export const STATES: readonly [State, string, IconNode][] = [
  ["backlog", "Backlog", CircleDashed],
  ["todo", "To do", Circle],
  ["in_progress", "In progress", CircleDot],
  ["waiting", "Waiting", CirclePause],
  ["in_review", "In review", CircleEllipsis],
  ["done", "Done", CircleCheck],
  ["cancelled", "Cancelled", CircleX],
];

export const PRIORITIES: readonly [Priority, string, IconNode][] = [
  ["critical", "Critical", OctagonAlert],
  ["high", "High", SignalHigh],
  ["normal", "Normal", SignalMedium],
  ["low", "Low", SignalLow],
];

const find = <T extends string>(list: readonly [T, string, IconNode][], wanted: T) =>
  list.find(([value]) => value === wanted)!;

export const stateWords = (state: State): string => find(STATES, state)[1];
export const priorityWords = (priority: Priority): string => find(PRIORITIES, priority)[1];

/** The icon of a state, with its name as tooltip. `named` adds it for screen readers. */
export function StateIcon({ state, named }: { state: State; named?: boolean }) {
  const [, words, icon] = find(STATES, state);
  return (
    <span class={`state-icon ${state}`} title={words}>
      <Icon of={icon} />
      {named && <span class="unseen">{words}</span>}
    </span>
  );
}

export function PriorityIcon({ priority, named }: { priority: Priority; named?: boolean }) {
  const [, words, icon] = find(PRIORITIES, priority);
  return (
    <span class={`priority-icon ${priority}`} title={`${words} priority`}>
      <Icon of={icon} />
      {named && <span class="unseen">{words} priority</span>}
    </span>
  );
}
