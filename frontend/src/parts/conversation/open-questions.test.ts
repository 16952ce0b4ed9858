import { describe, expect, it } from "vitest";
import type { Timer } from "../../live/documents";
import { answeredBy, openForMe } from "./open-questions";

const timer = (id: string, over: Partial<Timer> = {}): Timer =>
  ({
    id,
    topic_id: "topic",
    recipient_id: "me",
    covers: [],
    kind: "task_comment",
    urgent: false,
    follows: null,
    due_at: "2026-05-18T12:00:00Z",
    ...over,
  }) as Timer;

const ids = (timers: readonly Timer[]) => timers.map(({ id }) => id);

describe("what a message can answer", () => {
  it("is open for me, or for my stand-in, in its topic", () => {
    const timers = [
      timer("late", { due_at: "2026-05-19T12:00:00Z" }),
      timer("covered", { recipient_id: "ann", covers: ["me"] }),
      timer("elsewhere", { topic_id: "other" }),
      timer("theirs", { recipient_id: "ann" }),
      timer("decision", { kind: "decision_input" }),
      timer("never", { due_at: null }),
    ];
    expect(ids(openForMe(timers, "me", "topic"))).toEqual(["covered", "late", "never"]);
    expect(openForMe(timers, undefined, "topic")).toEqual([]);
  });
});

describe("what it answers", () => {
  const usual = timer("usual");
  const urgent = timer("urgent", { urgent: true });
  const promise = timer("promise", { follows: "earlier" });

  it("is all but urgent questions and promises", () => {
    expect(answeredBy([usual, urgent, promise, timer("more")], {})).toEqual(["usual", "more"]);
  });

  it("is the only one, whatever it is", () => {
    expect(answeredBy([urgent], {})).toEqual(["urgent"]);
    expect(answeredBy([], {})).toEqual([]);
  });

  it("is what I chose, even if another question comes meanwhile", () => {
    const choices = { usual: false, urgent: true };
    expect(answeredBy([usual, urgent, timer("more")], choices)).toEqual(["urgent", "more"]);
  });
});
