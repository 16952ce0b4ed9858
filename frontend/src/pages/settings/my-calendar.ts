import { minute } from "../../api/clock";
import type { Calendar } from "../../live/documents";
import { useBoard, useTeamHours, useWorkspace } from "../../live/workspace";
import { localNow } from "../../parts/time/times";

/** My calendar, as the board has it; null for the moment before it is made. */
export function useMyCalendar(): Calendar | null {
  const { live } = useWorkspace();
  return live.one("calendars", useBoard().me.member_id).value ?? null;
}

/** Today's date on my clock, as the server says it; empty until it has. */
export function useMyToday(): string {
  const now = useTeamHours().get(useBoard().me.member_id)?.now;
  return now ? localNow(now.at, now.local, minute.value).slice(0, 10) : "";
}
