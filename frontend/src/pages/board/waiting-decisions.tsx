import t from "locale:board";
import { Gavel } from "lucide";
import { useMe } from "../../live/workspace";
import { waitsForMe } from "../../parts/data/decision-status";
import { Icon } from "../../parts/ui/icon";
import type { BoardState } from "./state";

/** How many decisions of the shown projects are open, in one quiet line; loud where one waits for me. */
export function WaitingDecisions({ state: { here, shown } }: { state: BoardState }) {
  const me = useMe();
  const { project: keys } = shown.several;
  const projects = here.live.list("projects").value;
  const isShown = (id: string) => keys.length === 0 || keys.includes(projects.get(id)?.key ?? "");
  const open = [...here.live.list("decisions").value.values()].filter(
    ({ status, project_id }) => status === "open" && isShown(project_id),
  );
  if (open.length === 0) return null;
  const mine = open.filter((decision) => waitsForMe(decision, me.id));
  const query = mine.length > 0 ? "waiting=me" : "status=open";
  return (
    <a
      class={mine.length > 0 ? "board-decisions mine" : "board-decisions"}
      href={here.pageUrl(`/decisions?${query}`)}
    >
      <Icon of={Gavel} size={14} />
      {mine.length > 0
        ? t.openDecisionsForYou({ count: open.length, yours: mine.length })
        : t.openDecisions({ count: open.length })}
    </a>
  );
}
