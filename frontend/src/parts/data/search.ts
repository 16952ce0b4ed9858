/** The server's full-text search, and where its hits are shown. */

import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { useSearchAsYouType } from "./search-as-you-type";

export type Hit = components["schemas"]["Hit"];
export type HitKind = Hit["kind"];

/** Shorter texts are not searched. */
const MIN_LENGTH = 2;

/** The server refuses longer texts. */
export const MAX_LENGTH = 200;

interface SearchQuery {
  text: string;
  kinds?: readonly HitKind[];
  project?: string;
  limit?: number;
}

/** Whether a text has more letters than can be searched for. */
export const isTooLong = (text: string): boolean => Array.from(text.trim()).length > MAX_LENGTH;

/** The hits of a text, best first. Nothing is asked about one that is too short or too long. */
export function useSearch({ text, kinds = [], project = "", limit = 50 }: SearchQuery) {
  const here = useWorkspace();
  const words = text.trim();
  const query = { q: words, kind: [...kinds], limit, ...(project ? { project } : {}) };
  const params = { ...here.pathParams(), query };
  return useSearchAsYouType({
    text: isTooLong(text) ? "" : words,
    minLength: MIN_LENGTH,
    scope: `${here.slug} ${kinds.join()} ${project} ${limit}`,
    read: (signal) => answer(api.GET("/api/workspaces/{workspace}/search", { params, signal })),
  });
}

/** The path of a hit's page, below the workspace's address. */
export function hitPath({ kind, id, task, decision, topic, project }: Hit): string {
  if (kind === "reference") return `/references/${id}`;
  if (kind === "member") return `/board?assignee=${id}`;
  if (kind === "project") return `/projects/${project?.key ?? ""}`;
  if (task) return `/tasks/${task.key}`;
  if (decision) return `/decisions/${decision.key}`;
  return `/topics/${topic?.id ?? ""}`;
}

/** A highlighted text as plain text. */
export const plainText = (pieces: Hit["title"]): string => pieces.map(({ text }) => text).join("");
