import t from "locale:board";
import { useComputed } from "@preact/signals";
import { RefreshCw, SquareKanban } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { navigate, query } from "../../router/router";
import { openNewTask } from "../../parts/ui/open-dialog";
import { useListNavigation } from "../../keys/list-navigation";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Empty } from "../../parts/ui/empty";
import { KeyHint } from "../../parts/ui/key-hint";
import { Page } from "../../parts/ui/page";
import { BulkBar } from "./bulk-bar";
import { CARD_HEIGHT } from "./card";
import { Column } from "./column";
import { columnsOf } from "./columns";
import { FilterBar } from "./filter-bar";
import { nextColumn, moveTo } from "./moves";
import { type BoardState, useBoardState } from "./state";
import { WaitingDecisions } from "./waiting-decisions";
import { Wall } from "./wall";
import "./board.css";

/** The board: tasks in columns by state, person or project. */
export default function Board() {
  const here = useWorkspace();
  const text = useComputed(() => choiceIn(query.value)).value;
  const state = useBoardState(here, text);
  if (query.value.has("wall")) return <Wall state={state} />;
  return (
    <Page title={t.board} full aside={<Aside state={state} />}>
      <FilterBar state={state} />
      {here.live.list("tasks").value.size === 0 ? <NoWork /> : <Columns key={text} state={state} />}
    </Page>
  );
}

function Aside({ state }: { state: BoardState }) {
  return (
    <span class="board-aside">
      <WaitingDecisions state={state} />
      <Updates state={state} />
    </span>
  );
}

/** The parameters of the address that choose tasks and columns. */
function choiceIn(all: URLSearchParams): string {
  const choice = new URLSearchParams(all);
  choice.delete("wall");
  choice.delete("view");
  return choice.toString();
}

function Columns({ state }: { state: BoardState }) {
  const { here, shown } = state;
  const box = useRef<HTMLDivElement>(null);
  const names = useComputed(() => columnsOf(here.live, shown, state.columns.value)).value;
  const ids = () => names.flatMap(({ id }) => state.columns.peek().get(id) ?? []);
  const task = (id: string) => here.live.one("tasks", id).peek();
  const list = useListNavigation({
    ids,
    group: t.board,
    open: (id) => navigate(here.pageUrl(`/tasks/${task(id)?.key}`)),
    reveal: (id) => reveal(box.current, state, id),
    selectable: here.live.board.peek()?.me.role !== "guest",
    actions: [
      {
        name: t.markDone,
        keys: ["e"],
        run: (id) => moveTo(state, task(id), "done", "state"),
        removesRow: true,
      },
      { name: t.moveRight, keys: ["Shift+ArrowRight"], run: (id) => step(id, 1) },
      { name: t.moveLeft, keys: ["Shift+ArrowLeft"], run: (id) => step(id, -1) },
    ],
  });
  const step = (id: string, by: 1 | -1) => {
    const column = nextColumn(state, names, id, by);
    if (!column) return;
    moveTo(state, task(id), column.id, shown.by);
    list.move(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = neighbourIn(state, names, list.active.peek(), event);
    if (next === undefined) return;
    event.preventDefault();
    if (next) list.move(next);
  };
  useHoldWhileInside(box, state);
  return (
    <>
      <div ref={box} class="board" onKeyDown={onKeyDown}>
        {names.map((column) => (
          <Column key={column.id} column={column} state={state} list={list} />
        ))}
      </div>
      <BulkBar state={state} selected={list.selected} />
    </>
  );
}

function NoWork() {
  return (
    <Empty icon={SquareKanban} title={t.noTasks}>
      <Button kind="primary" onClick={() => openNewTask()}>
        {t.newTask} <KeyHint keys="c" />
      </Button>
    </Empty>
  );
}

/** Hold back moves while the pointer or the focus is in the board. */
function useHoldWhileInside(box: { current: HTMLElement | null }, state: BoardState): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = () => state.setInteracting(element.matches(":hover, :focus-within"));
    const events = ["pointerenter", "pointerleave", "focusin", "focusout"] as const;
    const soon = () => setTimeout(look, 50);
    for (const event of events) element.addEventListener(event, soon);
    return () => {
      for (const event of events) element.removeEventListener(event, soon);
    };
  }, [box, state]);
}

/** Scroll a card's column to where it is: it may not be drawn yet. */
function reveal(box: HTMLElement | null, state: BoardState, id: string): void {
  for (const [column, ids] of state.columns.peek()) {
    const at = ids.indexOf(id);
    const cards = at < 0 ? null : box?.querySelector(`[data-column="${column}"] .cards`);
    if (!cards) continue;
    cards.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const top = at * CARD_HEIGHT;
    if (top < cards.scrollTop) cards.scrollTop = top;
    const bottom = top + CARD_HEIGHT - cards.clientHeight;
    if (bottom > cards.scrollTop) cards.scrollTop = bottom;
  }
}

/** The card that an arrow key leads to; null for none, undefined for other keys. */
function neighbourIn(
  state: BoardState,
  names: readonly { id: string }[],
  active: string | null,
  event: KeyboardEvent,
): string | null | undefined {
  const steps: Record<string, [number, number]> = {
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
  };
  const step = steps[event.key];
  const onCard = event.target instanceof Element && event.target.matches("[data-row]");
  if (!step || !onCard || event.shiftKey || event.ctrlKey || event.metaKey) return undefined;
  const columns = names.map(({ id }) => state.columns.peek().get(id) ?? []);
  const across = columns.findIndex((ids) => active !== null && ids.includes(active));
  const down = columns[across]?.indexOf(active ?? "") ?? -1;
  if (step[1]) return columns[across]?.[down + step[1]] ?? null;
  const filled = (index: number): string | null => {
    const ids = columns[index];
    if (!ids) return null;
    return ids[Math.min(down, ids.length - 1)] ?? filled(index + step[0]);
  };
  return filled(across + step[0]);
}

/** Shows held moves on demand. */
function Updates({ state }: { state: BoardState }) {
  const { value: held } = state.held;
  if (held === 0) return null;
  return (
    <Button small icon={RefreshCw} onClick={() => state.release()}>
      {t.showUpdates({ count: held })}
    </Button>
  );
}
