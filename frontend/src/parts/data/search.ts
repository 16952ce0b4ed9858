/** What the server finds by its words, and where each of it stands. */

import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { answer, api } from "../../api/client";
import { type Problem, problemIn } from "../../api/problem";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";

export type Hit = components["schemas"]["Hit"];
export type HitKind = Hit["kind"];

/** Somebody who types is asked for after this pause. */
const PAUSE_MS = 150;
const LEAST = 2;

interface SearchQuery {
  text: string;
  kinds?: readonly HitKind[];
  project?: string;
  limit?: number;
}

export interface SearchResults {
  /** Null until there is an answer. */
  hits: ReadonlySignal<readonly Hit[] | null>;
  problem: ReadonlySignal<Problem | null>;
  retry: () => void;
}

/** The hits of a text, best first; an older answer never replaces a newer one. */
export function useSearch({ text, kinds = [], project = "", limit = 50 }: SearchQuery): SearchResults {
  const here = useWorkspace();
  const hits = useSignal<readonly Hit[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  const tries = useSignal(0);
  const words = text.trim();
  useEffect(() => {
    const asked = new AbortController();
    const read = async () => {
      try {
        const query = { q: words, kind: [...kinds], limit, ...(project ? { project } : {}) };
        const params = { ...here.pathParams(), query };
        const path = "/api/workspaces/{workspace}/search";
        const found = await answer(api.GET(path, { params, signal: asked.signal }));
        if (asked.signal.aborted) return;
        hits.value = found;
        problem.value = null;
      } catch (fault) {
        if (asked.signal.aborted) return;
        problem.value = problemIn(fault);
      }
    };
    if (words.length < LEAST) hits.value = null;
    const timer = words.length < LEAST ? undefined : setTimeout(() => void read(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [here, words, kinds.join(), project, limit, tries.value]);
  return { hits, problem, retry: () => (tries.value += 1) };
}

/** Where a hit is shown, behind the workspace's address. */
export function hitPath({ kind, id, task, decision, topic, project }: Hit): string {
  if (kind === "reference") return `/references/${id}`;
  if (kind === "member") return `/board?assignee=${id}`;
  if (kind === "project") return `/projects/${project?.key ?? ""}`;
  if (task) return `/tasks/${task.key}`;
  if (decision) return `/decisions/${decision.key}`;
  return `/topics/${topic?.id ?? ""}`;
}

/** A title as plain words. */
export const plainText = (pieces: Hit["title"]): string => pieces.map(({ text }) => text).join("");
