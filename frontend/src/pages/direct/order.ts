/** In which order conversations stand: what is due first, then what was said last. */

import type { Board, Timer, Topic } from "../../live/documents";

/** The timers that wait for an answer, by topic, the earliest due first. */
export function openTimersOf(board: Pick<Board, "timers">): ReadonlyMap<string, readonly Timer[]> {
  const open = [...board.timers.values()].filter(({ ended_at }) => !ended_at);
  open.sort((a, b) => (a.due_at ?? "9").localeCompare(b.due_at ?? "9"));
  const byTopic = new Map<string, Timer[]>();
  for (const timer of open) {
    byTopic.set(timer.topic_id, [...(byTopic.get(timer.topic_id) ?? []), timer]);
  }
  return byTopic;
}

/** Direct topics: those with something due first, the others by their latest message. */
export function inOrder(
  board: Pick<Board, "topics">,
  timers: ReadonlyMap<string, readonly Timer[]>,
): Topic[] {
  const due = ({ id }: Topic) => timers.get(id)?.[0]?.due_at ?? "";
  const latest = (topic: Topic) => topic.last_message_at ?? topic.created_at;
  return [...board.topics.values()]
    .filter(({ kind }) => kind === "direct")
    .sort((a, b) => {
      const [first, second] = [due(a), due(b)];
      if (first && second) return first.localeCompare(second);
      if (first || second) return first ? -1 : 1;
      return latest(b).localeCompare(latest(a));
    });
}
