/** Today as the server says it, read again when something of it changes. */

import { useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { components } from "../../api/schema";
import type { FeedEvent } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { type Loaded, useLoaded } from "../../parts/data/loaded";

export type Today = components["schemas"]["TodayOut"];

/** Many events come together; one reading after them is enough. */
const GATHER_MS = 150;

/** Whatever can change a line: asks, their topics and tasks, what is to be signed or written down, my hours. */
const CONCERNS = /^(timer|message|topic|task|project|agreement|calendar|holidays|member|reference|explanation|decision)\./;

/** What `GET /today` says, kept current. */
export function useToday(): Loaded<Today> {
  const here = useWorkspace();
  const today = useLoaded(
    () => answer(api.GET("/api/workspaces/{workspace}/today", { params: here.pathParams() })),
    [here, here.live.resets.value],
  );
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const soon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void today.reload(), GATHER_MS);
  }, [today.reload]);
  useEffect(() => {
    const end = here.live.listen(({ kind }: FeedEvent) => {
      if (CONCERNS.test(kind)) soon();
    });
    return () => {
      clearTimeout(timer.current);
      end();
    };
  }, [here, soon]);
  useSignalEffect(() => {
    // With the next date come other words, and with my next hours what was held until then.
    const { day_ends_at = "", next_first_check } = today.data.peek() ?? {};
    const next = [day_ends_at, next_first_check?.at ?? ""].map(Date.parse);
    if (next.some((instant) => minute.value >= instant)) soon();
  });
  return today;
}
