import { expect, it } from "vitest";
import type { Timer, Topic } from "../../live/documents";
import { inOrder, openTimersOf } from "./order";

const topic = (id: string, last: string | null, kind = "direct") =>
  ({ id, kind, created_at: "2026-05-01", last_message_at: last }) as Topic;
const timer = (id: string, topic_id: string, due_at: string | null, ended_at: string | null = null) =>
  ({ id, topic_id, due_at, ended_at }) as Timer;
const byId = <T extends { id: string }>(...rows: T[]) => new Map(rows.map((row) => [row.id, row]));

it("puts what is due first, then what was said last", () => {
  const topics = byId(
    topic("old", "2026-05-02"),
    topic("new", "2026-05-09"),
    topic("silent", null),
    topic("later", "2026-05-03"),
    topic("sooner", "2026-05-04"),
    topic("task", "2026-05-10", "task"),
  );
  const timers = openTimersOf({
    timers: byId(
      timer("1", "later", "2026-05-12"),
      timer("2", "sooner", "2026-05-13"),
      timer("3", "sooner", "2026-05-11"),
      timer("4", "old", "2026-05-01", "2026-05-01"),
    ),
  });
  expect(timers.get("sooner")?.map(({ id }) => id)).toEqual(["3", "2"]);
  const order = inOrder({ topics }, timers).map(({ id }) => id);
  expect(order).toEqual(["sooner", "later", "new", "old", "silent"]);
});
