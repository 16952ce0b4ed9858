/** Loads a decision for its page. */

import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { Loaded } from "../../parts/data/loaded";

export type WholeDecision = components["schemas"]["DecisionOut"];

/** The props of every section of the page. */
export interface DecisionProps {
  decision: WholeDecision;
}

export const ONE = "/api/workspaces/{workspace}/decisions/{key}";

/** The decision with this key, kept current. */
export function useDecision(key: string): Loaded<WholeDecision> {
  const here = useWorkspace();
  const load = () => answer(api.GET(ONE, { params: here.pathParams({ key }) }));
  return useLiveLoaded(load, /^decision\./, [key]);
}
