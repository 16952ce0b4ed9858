/** Loads the agreement, and again when one is published or signed. */

import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { Loaded } from "../../parts/data/loaded";

type Schemas = components["schemas"];
export type Agreement = Schemas["AgreementOut"];
export type Card = Schemas["AgreementCard"];
export type Draft = Schemas["AgreementDraftOut"];
export type Clauses = Schemas["Clauses"];
export type Step = Schemas["StepTerms"];
export type Example = Schemas["ClauseExample"];

const CONCERNS = /^(agreement|member)\./;
const ROOT = "/api/workspaces/{workspace}/agreement";
const VERSION = "/api/workspaces/{workspace}/agreement/versions/{version}";

/** One version, or the one in force. */
export function useAgreement(version: number | null): Loaded<Agreement> {
  const here = useWorkspace();
  const read = () =>
    version === null
      ? answer(api.GET(ROOT, { params: here.pathParams() }))
      : answer(api.GET(VERSION, { params: here.pathParams({ version }) }));
  return useLiveLoaded(read, CONCERNS, [version]);
}

/** Every version, including scheduled ones, newest first. */
export function versionsOf(agreements: Iterable<Card>): Card[] {
  return [...agreements].sort((one, other) => other.version - one.version);
}
