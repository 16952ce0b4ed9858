/** Whether I'm away: what reaches me outside of the app waits. */

import { useComputed } from "@preact/signals";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { NoticeSettings } from "../../live/documents";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";

const AWAY = "/api/workspaces/{workspace}/notices/away";

export const isAway = (
  { away_since, away_until }: Pick<NoticeSettings, "away_since" | "away_until">,
  now: number,
): boolean => away_since !== null && (away_until === null || now < Date.parse(away_until));

/** Whether I'm away now. */
export function useAway(): boolean {
  const { live } = useWorkspace();
  return useComputed(() => {
    const settings = live.board.value?.notice_settings;
    return settings !== undefined && isAway(settings, minute.value);
  }).value;
}

/** Go away until a time on my clock; null until I end it. Throws a Refusal. */
export async function goAway(here: WorkspaceHere, until_local: string | null): Promise<void> {
  await answer(api.PUT(AWAY, { params: here.pathParams(), body: { until_local } }));
}

export async function comeBack(here: WorkspaceHere): Promise<void> {
  await answer(api.DELETE(AWAY, { params: here.pathParams() }));
}
