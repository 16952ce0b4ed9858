/** Today as the server says it, read again when something of it changes. */

import { useSignalEffect } from "@preact/signals";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { Loaded } from "../../parts/data/loaded";

export type Today = components["schemas"]["TodayOut"];

/** Whatever can change a line: asks, their topics and tasks, what is to be signed or written down, my hours. */
const CONCERNS = /^(timer|message|topic|task|project|agreement|calendar|holidays|member|reference|explanation|decision)\./;

/** What `GET /today` says, kept current. */
export function useToday(): Loaded<Today> {
  const here = useWorkspace();
  const params = here.pathParams();
  const today = useLiveLoaded(
    () => answer(api.GET("/api/workspaces/{workspace}/today", { params })),
    CONCERNS,
  );
  useSignalEffect(() => {
    // With the next date come other words, and with my next hours what was held until then.
    const { day_ends_at = "", next_first_check } = today.data.peek() ?? {};
    const next = [day_ends_at, next_first_check?.at ?? ""].map(Date.parse);
    if (next.some((instant) => minute.value >= instant)) void today.reload();
  });
  return today;
}
