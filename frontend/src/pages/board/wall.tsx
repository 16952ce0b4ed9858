import t from "locale:board";
import { useComputed } from "@preact/signals";
import { X } from "lucide";
import { useEffect } from "preact/hooks";
import { minute } from "../../api/clock";
import { setQuery } from "../../router/router";
import { useListNavigation } from "../../keys/list-navigation";
import { useCommands } from "../../keys/commands";
import { IconButton } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Page } from "../../parts/ui/page";
import { Column } from "./column";
import { columnsOf } from "./columns";
import type { BoardState } from "./state";

/** The board for a screen on the wall: nothing to press, and what is late in large letters. */
export function Wall({ state }: { state: BoardState }) {
  const { live } = state.here;
  const names = useComputed(() => columnsOf(live, state.shown, state.columns.value)).value;
  const list = useListNavigation({ ids: () => [], group: t.board });
  const leave = () => setQuery({ wall: null });
  useCommands([{ name: t.exitWall, keys: ["Escape"], group: t.board, run: leave }]);
  useAwake();
  return (
    <Page
      title={live.board.value?.workspace.name ?? t.board}
      full
      aside={
        <div class="wall-facts">
          <Timers state={state} />
          <IconButton icon={X} label={t.exitWall} onClick={leave} />
        </div>
      }
    >
      <div class="board">
        {names.map((column) => (
          <Column key={column.id} column={column} state={state} list={list} />
        ))}
      </div>
    </Page>
  );
}

/** How many questions are open, and how many of them are late. */
function Timers({ state }: { state: BoardState }) {
  const timers = [...state.here.live.list("timers").value.values()];
  const late = timers.filter(({ breached_at, due_at }) => {
    return breached_at || (due_at && Date.parse(due_at) <= minute.value);
  });
  return (
    <>
      <Chip tone="info">{t.openAsks({ count: timers.length })}</Chip>
      {late.length > 0 && <Chip tone="bad">{t.overdueAsks({ count: late.length })}</Chip>}
    </>
  );
}

/** The screen stays on, where the browser can do that. */
function useAwake(): void {
  useEffect(() => {
    const lock = navigator.wakeLock?.request("screen").catch(() => null);
    return () => void lock?.then((held) => held?.release());
  }, []);
}
