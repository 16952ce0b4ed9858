import t from "locale:board";
import { useComputed } from "@preact/signals";
import { Plus, UserRound } from "lucide";
import { useRef } from "preact/hooks";
import { openNewTask } from "../../parts/ui/open-dialog";
import type { ListNavigation } from "../../keys/list-navigation";
import { Avatar } from "../../parts/people/avatar";
import { IconButton } from "../../parts/ui/button";
import { Icon } from "../../parts/ui/icon";
import { StateIcon } from "../../parts/data/task-words";
import { Card, CARD_HEIGHT } from "./card";
import type { ColumnName } from "./columns";
import { canMove, moveTo } from "./moves";
import type { BoardState } from "./state";
import { useVirtualRows } from "./virtual-rows";

interface Props {
  column: ColumnName;
  state: BoardState;
  list: ListNavigation;
}

const NOTHING: readonly string[] = [];

/** One column, with its own scroll. Cards can be dropped on it. */
export function Column({ column, state, list }: Props) {
  const ids = useComputed(() => state.columns.value.get(column.id) ?? NOTHING).value;
  const box = useRef<HTMLUListElement>(null);
  const { from, to } = useVirtualRows(box, CARD_HEIGHT, ids.length).value;
  const isOver = useComputed(() => state.over.value === column.id).value;
  const drawn = ids.slice(from, to);
  return (
    <section
      class={isOver ? "column over" : "column"}
      data-column={column.id}
      aria-label={column.name}
      {...dropProps(state, column)}
    >
      <header class="column-head">
        <Mark column={column} />
        <h2>{column.name}</h2>
        <span class="count">{ids.length}</span>
        <span class="grow" />
        <IconButton
          icon={Plus}
          label={t.newTaskIn({ column: column.name })}
          onClick={() => openNewTask(startOf(column))}
        />
      </header>
      <ul class="cards" ref={box} tabIndex={-1}>
        <li class="room" style={{ height: Math.min(from, ids.length) * CARD_HEIGHT }} aria-hidden="true" />
        {drawn.map((id) => (
          <Card key={id} id={id} column={column.id} state={state} list={list} />
        ))}
        <li
          class="room"
          style={{ height: Math.max(0, ids.length - from - drawn.length) * CARD_HEIGHT }}
          aria-hidden="true"
        />
      </ul>
    </section>
  );
}

function Mark({ column: { state, member, project } }: { column: ColumnName }) {
  if (state) return <StateIcon state={state} />;
  if (member) return <Avatar of={member} />;
  return project ? <span class="code quiet">{project.key}</span> : <Icon of={UserRound} />;
}

/** What a new task of a column begins with. */
function startOf({ state, member, project }: ColumnName) {
  return {
    ...(state ? { state } : {}),
    ...(member ? { assignee_id: member.id } : {}),
    ...(project ? { project: project.key } : {}),
  };
}

function dropProps(state: BoardState, { id }: ColumnName) {
  if (!canMove(state.shown.by)) return {};
  return {
    onDragOver: (event: DragEvent) => {
      if (state.dragged.peek() === null) return;
      event.preventDefault();
      state.over.value = id;
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      const isLeft = !(currentTarget as Element).contains(relatedTarget as Node | null);
      if (isLeft && state.over.peek() === id) state.over.value = null;
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const dragged = state.dragged.peek();
      state.over.value = null;
      state.dragged.value = null;
      const task = dragged && state.here.live.one("tasks", dragged).peek();
      if (task) moveTo(state, task, id, state.shown.by);
    },
  };
}
