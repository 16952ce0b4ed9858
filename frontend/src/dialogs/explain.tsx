import { signal } from "@preact/signals";
import type { components } from "../api/schema";
import type { Board } from "../live/documents";
import { lazyPart } from "../parts/lazy/lazy";
import { path } from "../router/router";

type ExplanationIn = components["schemas"]["ExplanationIn"];

/** Where something came up: what is sent of it, and how it is called. */
export interface ExplanationPlace {
  name: string;
  at: Pick<ExplanationIn, "project" | "topic_id" | "message_id">;
}

const start = signal<{ place: ExplanationPlace | null } | null>(null);

/** Open the dialog that notes an explanation; `place` is where it came up. */
export function openExplanation(place: ExplanationPlace | null): void {
  start.value = { place };
}

/** What the open page is about. */
export function currentPlace(board: Board | null): ExplanationPlace | null {
  const [, kind, key = ""] = /\/(tasks|topics|projects)\/([^/]+)/.exec(path.peek()) ?? [];
  if (!board || !kind) return null;
  if (kind === "tasks") {
    const task = [...board.tasks.values()].find((each) => each.key === key);
    return task ? { name: `${task.key} ${task.title}`, at: { topic_id: task.topic_id } } : null;
  }
  if (kind === "topics") {
    const topic = board.topics.get(key);
    return topic ? { name: topic.title, at: { topic_id: topic.id } } : null;
  }
  const project = [...board.projects.values()].find((each) => each.key === key);
  return project ? { name: project.name, at: { project: project.key } } : null;
}

export const ExplainForm = lazyPart(() => import("./explain-form"), "The note");

export function ExplainDialog() {
  const close = () => (start.value = null);
  return start.value && <ExplainForm place={start.value.place} close={close} />;
}
