/** Loads Today and its notices, and again when something on them changes. */

import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { components } from "../../api/schema";
import { wokeBetween } from "../../live/inbox";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { Loaded } from "../../parts/data/loaded";
import { listNotices, type NoticeOut } from "../../parts/notices/requests";

export type Today = components["schemas"]["TodayOut"];

/** My open notices with their texts: those that ask for nothing, and those that are snoozed. */
export interface Inbox {
  told: readonly NoticeOut[];
  snoozed: readonly NoticeOut[];
}

/** The kinds of events that can change a line of Today. */
const CONCERNS = /^(timer|message|topic|task|project|agreement|calendar|holidays|member|reference|explanation|decision)\./;

/** What tells without asking for anything. A breach asks those who owe the answer. */
const TELLING: NoticeOut["kind"][] = [
  "answered",
  "promised",
  "breached",
  "assigned",
  "mentioned",
  "decision_decided",
  "project_update",
];

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

/** My open notices, kept current. They are read again when a snooze ends. */
export function useInbox(): Loaded<Inbox> {
  const here = useWorkspace();
  const inbox = useLiveLoaded<Inbox>(async () => {
    const [told, snoozed] = await Promise.all([
      listNotices(here, "open", TELLING),
      listNotices(here, "snoozed"),
    ]);
    return { told, snoozed };
  }, /^notice\./);
  const seen = useRef(minute.peek());
  useSignalEffect(() => {
    const before = seen.current;
    seen.current = minute.value;
    if (wokeBetween(here.live.list("notices").peek(), before, minute.value)) void inbox.reload();
  });
  return inbox;
}
