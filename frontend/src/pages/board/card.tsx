import t from "locale:board";
import { useComputed } from "@preact/signals";
import { Ban, CalendarDays, Check, Ellipsis } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { minute } from "../../api/clock";
import { type ListNavigation, rowProps } from "../../keys/list-navigation";
import type { Task } from "../../live/documents";
import { useMe } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Boundary } from "../../parts/ui/boundary";
import { Icon } from "../../parts/ui/icon";
import { Menu, type MenuItem } from "../../parts/ui/menu";
import { PriorityIcon, StateIcon, STATES, stateWords } from "../../parts/data/task-words";
import { dateWords, dayMonthWords, localDate } from "../../parts/time/times";
import { list as listOf } from "../../text/format";
import { canMove, canEdit, moveTo } from "./moves";
import type { BoardState } from "./state";

/** The height of a card with its gap, so that columns needn't measure cards. */
export const CARD_HEIGHT = 76;

interface Props {
  id: string;
  /** The column that it is drawn in, which may be out of date. */
  column: string;
  state: BoardState;
  list: ListNavigation;
}

/** One task on the board. It flashes when someone else changes it. */
export function Card({ id, column, state, list }: Props) {
  const task = state.here.live.one("tasks", id).value;
  const card = useFlash(task, () => !state.isMine(id));
  if (!task) return <li class="card-place" />;
  return (
    <li class="card-place" ref={card} {...dragProps(state, task)}>
      <Boundary what={task.key} of={task}>
        <CardContent task={task} column={column} state={state} list={list} />
      </Boundary>
    </li>
  );
}

interface FaceProps extends Omit<Props, "id"> {
  task: Task;
}

function CardContent({ task, column, state, list }: FaceProps) {
  const { here, shown } = state;
  const { id } = task;
  const isSelected = useComputed(() => list.selected.value.has(id)).value;
  const isElsewhere = shown.by === "state" && task.state !== column;
  return (
    <div class={isSelected ? "card selected" : "card"}>
      <div class="card-top">
        {isSelected && <Icon of={Check} size={14} />}
        <span class="key">{task.key}</span>
        {(shown.by !== "state" || isElsewhere) && <StateIcon state={task.state} named />}
        {task.priority !== "normal" && <PriorityIcon priority={task.priority} named />}
        {task.blocked_by.length > 0 && <Blocked task={task} state={state} />}
        <Due task={task} />
        <span class="labels">
          {task.labels.map((label) => (
            <span key={label} class="label">
              {label}
            </span>
          ))}
        </span>
        <Assignee task={task} state={state} />
        <CardMenu task={task} state={state} list={list} />
      </div>
      <a
        class="card-title"
        dir="auto"
        href={here.pageUrl(`/tasks/${task.key}`)}
        draggable={false}
        {...rowProps(list, id)}
      >
        {task.title}
        {isSelected && <span class="unseen">{t.isSelected}</span>}
      </a>
    </div>
  );
}

/** Flash for 1.2 s when the task gets another revision. */
function useFlash(task: Task | undefined, by: () => boolean) {
  const element = useRef<HTMLLIElement>(null);
  const rev = useRef(task?.rev);
  const isOfOthers = useRef(by);
  isOfOthers.current = by;
  useEffect(() => {
    if (!task || rev.current === task.rev) return;
    const isFirst = rev.current === undefined;
    rev.current = task.rev;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isFirst || isCalm || !isOfOthers.current()) return;
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--info-ground");
    element.current?.firstElementChild?.animate([{ background: ground }, {}], {
      duration: 1200,
      easing: "ease-out",
    });
  }, [task]);
  return element;
}

function Blocked({ task, state }: { task: Task; state: BoardState }) {
  const { live } = state.here;
  const open = task.blocked_by.filter((id) => !live.one("tasks", id).value?.closed_at);
  if (open.length === 0) return null;
  const keys = open.map((id) => live.one("tasks", id).value?.key ?? t.anotherTask);
  const words = t.blockedBy({ keys: listOf(keys) });
  return (
    <span class="card-fact warn" title={words}>
      <Icon of={Ban} size={14} />
      <span class="unseen">{words}</span>
    </span>
  );
}

/** The due date, compared with this device's date. */
function Due({ task: { due_on, closed_at } }: { task: Task }) {
  if (!due_on || closed_at) return null;
  const today = localDate(minute.value);
  const tone = due_on < today ? "bad" : due_on === today ? "warn" : "";
  const date = dateWords(due_on, today);
  const words = due_on < today ? t.overdueSince({ date }) : t.dueOn({ date });
  return (
    <span class={`card-fact ${tone}`} title={words}>
      <Icon of={CalendarDays} size={14} />
      <span class="unseen">{words}</span>
      <span aria-hidden="true">{dayMonthWords(due_on, today)}</span>
    </span>
  );
}

function Assignee({ task, state }: { task: Task; state: BoardState }) {
  const { assignee_id } = task;
  const member = assignee_id ? state.here.live.one("members", assignee_id).value : undefined;
  if (!member || state.shown.by === "assignee") return null;
  return (
    <span class="assignee" title={member.name}>
      <Avatar of={member} />
      <span class="unseen">{member.name}</span>
    </span>
  );
}

/** Moves a card without dragging. Guests can't select cards. */
function CardMenu({ task, state, list }: { task: Task; state: BoardState; list: ListNavigation }) {
  const me = useMe();
  if (!canEdit(state, task)) return null;
  const moves: MenuItem[] = STATES.map(([value, name, icon]) => ({
    name,
    icon,
    checked: task.state === value,
    run: () => moveTo(state, task, value, "state"),
  }));
  const select: MenuItem = { name: t.select, icon: Check, run: () => list.toggle(task.id) };
  return (
    <Menu
      class="icon-button card-menu"
      label={t.moveFrom({ key: task.key, state: stateWords(task.state) })}
      title={t.moreActions({ key: task.key })}
      items={me.role === "guest" ? moves : [...moves, "line", select]}
    >
      <Icon of={Ellipsis} />
    </Menu>
  );
}

function dragProps(state: BoardState, task: Task) {
  const { id } = task;
  if (!canMove(state.shown.by) || !canEdit(state, task)) return {};
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer?.setData("text/plain", id);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
      state.dragged.value = id;
    },
    onDragEnd: () => {
      state.dragged.value = null;
      state.over.value = null;
    },
  };
}
