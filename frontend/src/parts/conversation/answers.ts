/** Which of the questions that are open for me a message answers. Its draft keeps the choice. */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Timer } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { useDraft } from "../form/draft";
import { answeredBy, type Choices, openForMe } from "./open-questions";

export interface Answers {
  /** The questions that are open for me in the topic, first those that are due first. */
  open: ReadonlySignal<readonly Timer[]>;
  /** The ids of those that the message answers. */
  chosen: ReadonlySignal<readonly string[]>;
  choose: (id: string, isChosen: boolean) => void;
  clear: () => void;
}

export function useAnswers(topicId: string | undefined, field: string): Answers {
  const { live } = useWorkspace();
  const kept = useDraft(`${field}:answers`, "{}");
  const { text } = kept;
  const open = useComputed(() =>
    openForMe(live.list("timers").value.values(), live.board.peek()?.me.member_id, topicId),
  );
  const chosen = useComputed(() => answeredBy(open.value, choicesIn(text.value)));
  const choose = (id: string, isChosen: boolean) => {
    text.value = JSON.stringify({ ...choicesIn(text.peek()), [id]: isChosen });
  };
  return { open, chosen, choose, clear: kept.clear };
}

const choicesIn = (text: string) => JSON.parse(text) as Choices;
