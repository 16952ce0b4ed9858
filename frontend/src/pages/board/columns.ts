/** The columns of a board and their names. */

import t from "locale:board";
import type { Member, Project } from "../../live/documents";
import type { Live } from "../../live/live";
import { STATES, type State } from "../../parts/data/task-words";
import type { Columns } from "./arrangement";
import type { Shown } from "./filter";

export interface ColumnName {
  /** A state, a member's or a project's id, or `none`. */
  id: string;
  name: string;
  state?: State;
  member?: Member;
  project?: Project;
}

export function columnsOf(live: Live, shown: Shown, filled: Columns): ColumnName[] {
  if (shown.by === "state") return states(shown, filled);
  return shown.by === "project" ? projects(live, shown, filled) : people(live, filled);
}

/** Cancelled tasks have a column if there are some, or if the filter names it. */
function states({ several, open }: Shown, filled: Columns): ColumnName[] {
  const isShown = (state: State) => {
    if (several.state.length > 0) return several.state.includes(state);
    if (state === "cancelled" || (open && state === "done")) return filled.has(state);
    return true;
  };
  return STATES.filter(([state]) => isShown(state)).map(([id, name]) => ({ id, name, state: id }));
}

function projects(live: Live, { several }: Shown, filled: Columns): ColumnName[] {
  const all = [...live.list("projects").value.values()];
  const wanted = all.filter(({ id, key, archived_at }) =>
    several.project.length > 0 ? several.project.includes(key) : !archived_at || filled.has(id),
  );
  return wanted
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((project) => ({ id: project.id, name: project.name, project }));
}

/** Unassigned first, then me, then everyone who has tasks. */
function people(live: Live, filled: Columns): ColumnName[] {
  const me = live.board.peek()?.me.member_id;
  const all = [...live.list("members").value.values()];
  const shown = all.filter(({ id }) => id === me || (filled.get(id)?.length ?? 0) > 0);
  shown.sort((a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name));
  const named = shown.map((member) => ({ id: member.id, name: member.name, member }));
  return [{ id: "none", name: t.unassigned }, ...named];
}
