/** The working time that a deadline still leaves to each who is asked. */

import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { WholeDecision } from "./data";

const FAIRNESS = "/api/workspaces/{workspace}/decisions/{key}/fairness";
const STALE_MS = 10 * 60_000;

/** Seconds by member's id, as the server counts them; empty until it has. */
export function useWorkingLeft({ key, input_due_at }: WholeDecision): ReadonlyMap<string, number> {
  const here = useWorkspace();
  const read = () => answer(api.GET(FAIRNESS, { params: here.pathParams({ key }) }));
  const age = Math.floor(minute.value / STALE_MS);
  const fairness = useLiveLoaded(read, /^(calendar|holidays)\./, [key, input_due_at, age]);
  const found = fairness.data.value?.stakeholders ?? [];
  return new Map(found.map(({ member_id, working_s }) => [member_id, working_s ?? 0]));
}
