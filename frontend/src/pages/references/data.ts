/** Loads and saves references. */

import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import type { Loaded } from "../../parts/data/loaded";
import { useSearchAsYouType } from "../../parts/data/search-as-you-type";

type Schemas = components["schemas"];

export type ReferenceOut = Schemas["ReferenceOut"];
export type ReferenceEdit = Partial<Schemas["ReferenceEdit"]>;
export type Revision = Schemas["RevisionOut"];

const LIST = "/api/workspaces/{workspace}/references";
const ONE = "/api/workspaces/{workspace}/references/{reference_id}";

/** Read a reference from the server. Throws a Refusal. */
export const readReference = (here: WorkspaceHere, id: string): Promise<ReferenceOut> =>
  answer(api.GET(ONE, { params: here.pathParams({ reference_id: id }) }));

/** A reference with its links and explanations, kept current. */
export function useReference(id: string): Loaded<ReferenceOut> {
  const here = useWorkspace();
  return useLiveLoaded(
    () => readReference(here, id),
    /^(reference|explanation|message|task)\./,
    [id],
  );
}

/** Send a change of that revision. Throws a Refusal. */
export function sendEdit(
  here: WorkspaceHere,
  id: string,
  rev: number,
  body: ReferenceEdit,
): Promise<ReferenceOut> {
  const params = { ...here.pathParams({ reference_id: id }), header: ifMatch(rev) };
  return answer(api.PATCH(ONE, { params, body }));
}

export function review(here: WorkspaceHere, id: string, review_on: string | null) {
  const params = here.pathParams({ reference_id: id });
  return answer(api.PUT(`${ONE}/review`, { params, body: { review_on } }));
}

const MIN_LENGTH = 2;
const MOST = 200;

/**
 * The ids of the references with these words in their text; null until there is an answer. Titles
 * are searched on the page, so it goes on without one.
 */
export function useTextMatches(words: string): ReadonlySet<string> | null {
  const here = useWorkspace();
  const params = { ...here.pathParams(), query: { q: words, limit: MOST } };
  const found = useSearchAsYouType({
    text: words,
    minLength: MIN_LENGTH,
    read: async (signal) => {
      const cards = await answer(api.GET(LIST, { params, signal }));
      return new Set(cards.map(({ id }) => id));
    },
  });
  return found.data.value;
}

/** The date half a year later: the default review date of a new reference. */
export function halfYearAfter(date: string): string {
  const later = new Date(`${date}T12:00:00Z`);
  later.setUTCMonth(later.getUTCMonth() + 6);
  return later.toISOString().slice(0, 10);
}
