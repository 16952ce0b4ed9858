/** A preview of asking now: when each answer would be due. The server computes it, every minute. */

import {
  type ReadonlySignal,
  type Signal,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { type Problem, problemIn } from "../../api/problem";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { handlesIn } from "./mentions";

export type Preview = components["schemas"]["AskPreviewOut"];
type Clause = components["schemas"]["ClauseKind"];

/** Where the question is asked: a topic or a project, or a new direct conversation. */
export interface AskPlace {
  topic?: string;
  project?: string;
  kind?: Clause;
}

export interface AskPreview {
  preview: Signal<Preview | null>;
  problem: Signal<Problem | null>;
}

const TYPING_MS = 250;
export const MOST_MENTIONS = 100;

export function useAskPreview(
  place: AskPlace,
  recipients: ReadonlySignal<readonly { id: string }[]>,
  urgent: ReadonlySignal<boolean>,
  text: ReadonlySignal<string>,
): AskPreview {
  const here = useWorkspace();
  const preview = useSignal<Preview | null>(null);
  const problem = useSignal<Problem | null>(null);
  const mentions = useComputed(() => handlesIn(text.value).join(" "));
  useSignalEffect(() => {
    const recipient = recipients.value.map(({ id }) => id);
    const mention = mentions.value.split(" ").filter(Boolean).slice(0, MOST_MENTIONS);
    const query = { ...place, recipient, mention, ...(urgent.value ? { urgent: true } : {}) };
    void minute.value;
    if (recipient.length + mention.length === 0) {
      preview.value = null;
      problem.value = null;
      return undefined;
    }
    let isOver = false;
    const read = async () => {
      try {
        const params = { ...here.pathParams(), query };
        const found = await answer(api.GET("/api/workspaces/{workspace}/asking", { params }));
        if (isOver) return;
        preview.value = found;
        problem.value = null;
      } catch (fault) {
        if (!isOver) problem.value = problemIn(fault);
      }
    };
    const timer = setTimeout(() => void read(), TYPING_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  });
  return { preview, problem };
}
