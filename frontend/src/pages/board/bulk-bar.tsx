import t from "locale:board";
import type { Signal } from "@preact/signals";
import { X } from "lucide";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useCommands } from "../../keys/commands";
import type { WorkspaceHere } from "../../live/workspace";
import { IconButton } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { Menu } from "../../parts/ui/menu";
import { Picker } from "../../parts/ui/picker";
import { PRIORITIES, STATES } from "../../parts/data/task-words";
import { toast } from "../../parts/ui/toast";
import type { BoardState } from "./state";
import { memberOption } from "../../parts/people/member-option";

type Change = Partial<components["schemas"]["BulkChange"]>;

interface Props {
  state: BoardState;
  selected: Signal<ReadonlySet<string>>;
}

/** Actions on the selected cards. */
export function BulkBar({ state, selected }: Props) {
  return selected.value.size > 0 ? <Bar state={state} selected={selected} /> : null;
}

function Bar({ state: board, selected }: Props) {
  const { here } = board;
  const action = useAction();
  const clear = () => (selected.value = new Set());
  useCommands([
    { name: t.clearSelection, keys: ["Escape"], group: t.board, run: clear, hidden: true },
  ]);
  const change = (what: Change) => () =>
    action.run(async () => {
      const ids = [...selected.peek()];
      const { changed } = await board.changing(ids, () => changeAll(here, ids, what));
      toast(t.tasksUpdated({ count: changed.length }));
      clear();
    });
  const members = () =>
    [...here.live.list("members").peek().values()].filter(({ disabled_at }) => !disabled_at);
  return (
    <div class="bulk-bar" role="toolbar" aria-label={t.selectedTasks}>
      <span class="strong">{t.selected({ count: selected.value.size })}</span>
      <Menu
        label={t.state}
        class="button small"
        items={STATES.map(([state, name, icon]) => ({ name, icon, run: change({ state }) }))}
      >
        {t.state}
      </Menu>
      <Picker
        label={t.assignee}
        class="button small"
        chosen={new Set()}
        options={() => [{ value: "none", name: t.unassigned }, ...members().map(memberOption)]}
        onPick={(id) => change({ assignee_id: id === "none" ? null : id })()}
      >
        {t.assignee}
      </Picker>
      <Menu
        label={t.priority}
        class="button small"
        items={PRIORITIES.map(([priority, name, icon]) => ({
          name,
          icon,
          run: change({ priority }),
        }))}
      >
        {t.priority}
      </Menu>
      <IconButton icon={X} label={t.clearSelection} onClick={clear} />
      <RequestError of={action} />
    </div>
  );
}

/** Change all tasks or none. The cards move when the feed brings the events. */
function changeAll(here: WorkspaceHere, ids: readonly string[], change: Change) {
  const tasks = here.live.list("tasks").peek();
  const keys = ids.flatMap((id) => tasks.get(id)?.key ?? []);
  const body = { keys, change: change as components["schemas"]["BulkChange"] };
  return answer(
    api.POST("/api/workspaces/{workspace}/tasks/bulk", { params: here.pathParams(), body }),
  );
}
