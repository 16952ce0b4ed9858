/** What keeps a message of mine from being sent, and how it can be sent anyway. */

import common from "locale:common";
import type { Problem } from "../../api/problem";
import { problemWords } from "../data/edit-outcome";
import { handlesIn } from "./mentions";

interface Body {
  body: string;
  asks?: readonly string[] | null;
  answers?: readonly string[] | null;
}

export interface RefusedMessage {
  words: string;
  /** The message that the server will take; null if it has to be edited. */
  mended: object | null;
}

const ANSWERS = /^answers\.(\d+)$/;

/** A question that ended meanwhile is left out, and a mention that reaches no one becomes text. */
export function refusedMessage(message: Body, problem: Problem): RefusedMessage {
  const errors = problem.errors ?? [];
  const gone = errors.flatMap(({ field }) => ANSWERS.exec(field)?.[1] ?? []).map(Number);
  const named = handlesIn(message.body);
  const isUnseen = named.length > 0 && errors.some(({ field }) => field === "body");
  const known = gone.length + errors.filter(({ field }) => isUnseen && field === "body").length;
  if (known === 0 || known < errors.length) return { words: problemWords(problem), mended: null };
  const words = [gone.length > 0 && common.questionEnded, isUnseen && common.mentionUnseen];
  const answers = message.answers?.filter((_, place) => !gone.includes(place));
  return {
    words: words.filter(Boolean).join(" "),
    mended: {
      ...message,
      // A message that was meant as an answer asks no one instead.
      ...(gone.length > 0 ? { answers, asks: message.asks ?? [] } : {}),
      ...(isUnseen ? { kept_as_text: named } : {}),
    },
  };
}
