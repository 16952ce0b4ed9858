/** Loads the team's hours of a date, and when people overlap. */

import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { Loaded } from "../../parts/data/loaded";

type Schemas = components["schemas"];
export type TeamDay = Schemas["TeamDay"];
export type MemberDay = Schemas["MemberDay"];
export type Stretch = Schemas["Stretch"];
export type Overlap = Schemas["Overlap"];

const CONCERNS = /^(calendar|holidays|member|workspace)/;

/** The hours of a date of the team time zone; null for today. */
export function useTeamDay(on: string | null): Loaded<TeamDay> {
  const here = useWorkspace();
  const params = { ...here.pathParams(), query: on ? { on } : {} };
  const read = () => answer(api.GET("/api/workspaces/{workspace}/availability/day", { params }));
  return useLiveLoaded(read, CONCERNS, [on]);
}

/** When the chosen members work at the same time; the whole team if none is chosen. */
export function useOverlap(on: string, chosen: readonly string[]): Loaded<Overlap> {
  const here = useWorkspace();
  const query = chosen.length > 0 ? { on, member: [...chosen] } : { on };
  const params = { ...here.pathParams(), query };
  const read = () =>
    answer(api.GET("/api/workspaces/{workspace}/availability/overlap", { params }));
  return useLiveLoaded(read, CONCERNS, [on, chosen.join()]);
}
