/** Loads Today, and again when something on it changes. */

import { useSignalEffect } from "@preact/signals";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { Loaded } from "../../parts/data/loaded";

export type Today = components["schemas"]["TodayOut"];

/** The kinds of events that can change a line of Today. */
const CONCERNS = /^(timer|message|topic|task|project|agreement|calendar|holidays|member|reference|explanation|decision)\./;

/** The content of Today, kept current. */
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
