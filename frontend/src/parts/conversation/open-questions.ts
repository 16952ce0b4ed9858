/** Which questions are open for me in a topic, and which of them a message answers. */

import type { Board, Timer } from "../../live/documents";
import { isForDecision } from "../data/timer-kinds";

/** What I chose, by the timer's id. */
export type Choices = Readonly<Record<string, boolean>>;

/** The questions that are open for me in a topic, also through a stand-in. */
export function openForMe(
  timers: Iterable<Timer>,
  me: Board["me"]["member_id"] | undefined,
  topicId: string | undefined,
): Timer[] {
  const isMine = ({ recipient_id, covers }: Timer) =>
    me !== undefined && (recipient_id === me || covers.includes(me));
  return [...timers]
    .filter((timer) => timer.topic_id === topicId && isMine(timer) && !isForDecision(timer.kind))
    .sort((a, b) => (a.due_at ?? "9").localeCompare(b.due_at ?? "9") || a.id.localeCompare(b.id));
}

/**
 * Which of them a message answers: as chosen, else the only one, else all but the urgent ones and
 * what I promised.
 */
export function answeredBy(open: readonly Timer[], choices: Choices): string[] {
  const isUsual = (timer: Timer) => open.length === 1 || (!timer.urgent && !timer.follows);
  return open.filter((timer) => choices[timer.id] ?? isUsual(timer)).map(({ id }) => id);
}
