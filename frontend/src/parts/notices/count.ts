import { useComputed } from "@preact/signals";
import { minute } from "../../api/clock";
import { inboxCount } from "../../live/inbox";
import { useWorkspace } from "../../live/workspace";

/** How many of my notices are unread or need me. It redraws only when the number changes. */
export function useInboxCount(): number {
  const { live } = useWorkspace();
  return useComputed(() => inboxCount(live.list("notices").value, minute.value)).value;
}
