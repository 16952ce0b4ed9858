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
import common from "locale:common";
import type { Task } from "../../live/documents";
import { Icon } from "../ui/icon";

export type State = Task["state"];
export type Priority = Task["priority"];

/** A value of a field with its name and icon. */
type Choice<T> = [value: T, name: string, icon: IconNode];

export const stateWords = (state: State): string => common.state({ state });
export const priorityWords = (priority: Priority): string => common.priority({ priority });

const stateOf = (value: State, icon: IconNode) => choice(value, () => stateWords(value), icon);
const priorityOf = (value: Priority, icon: IconNode) =>
  choice(value, () => priorityWords(value), icon);

/** The name is looked up when it is read: the catalog is loaded after this module. */
function choice<T>(value: T, name: () => string, icon: IconNode): Choice<T> {
  const made: Choice<T> = [value, "", icon];
  return Object.defineProperty(made, 1, { get: name });
}

export const STATES: readonly Choice<State>[] = [
  stateOf("backlog", CircleDashed),
  stateOf("todo", Circle),
  stateOf("in_progress", CircleDot),
  stateOf("waiting", CirclePause),
  stateOf("in_review", CircleEllipsis),
  stateOf("done", CircleCheck),
  stateOf("cancelled", CircleX),
];

export const PRIORITIES: readonly Choice<Priority>[] = [
  priorityOf("critical", OctagonAlert),
  priorityOf("high", SignalHigh),
  priorityOf("normal", SignalMedium),
  priorityOf("low", SignalLow),
];

const find = <T extends string>(list: readonly Choice<T>[], wanted: T) =>
  list.find(([value]) => value === wanted)!;

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
  const [, , icon] = find(PRIORITIES, priority);
  const words = common.priorityNamed({ priority });
  return (
    <span class={`priority-icon ${priority}`} title={words}>
      <Icon of={icon} />
      {named && <span class="unseen">{words}</span>}
    </span>
  );
}
