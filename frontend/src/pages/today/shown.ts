import { type ReadonlySignal, useComputed } from "@preact/signals";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import type { Loaded } from "../../parts/data/loaded";
import type { Inbox, Today } from "./data";
import { type Sections, sectionsOf } from "./sections";

/** What Today shows now; null until it is loaded. */
export function useSections(
  today: Loaded<Today>,
  inbox: Loaded<Inbox>,
): ReadonlySignal<Sections | null> {
  const { live } = useWorkspace();
  return useComputed(() => {
    const loaded = today.data.value;
    if (!loaded) return null;
    return sectionsOf(loaded, {
      inbox: inbox.data.value,
      notices: live.list("notices").value.values(),
      tasks: live.list("tasks").value.values(),
      me: live.board.peek()?.me.member_id ?? "",
      now: minute.value,
    });
  });
}
