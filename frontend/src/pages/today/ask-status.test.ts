import { describe, expect, it } from "vitest";
import { type AskLine, askStatus } from "./ask-status";

const HOUR = 3_600_000;
const NOON = Date.parse("2026-05-18T12:00:00Z");

const line = (over: { timer?: object; countdown?: object; due?: object | null } = {}): AskLine =>
  ({
    timer: { paused_at: null, breached_at: null, warned_at: null, ...over.timer },
    due:
      over.due === undefined
        ? {
            at: "2026-05-18T16:00:00Z",
            yours: "2026-05-18T19:00:00+03:00",
            theirs: "2026-05-18T12:00:00-04:00",
          }
        : over.due,
    countdown: {
      left_s: 3 * 3600,
      runs_from: { at: "2026-05-18T12:00:00Z", yours: "", theirs: "" },
      spans: [
        { start: "2026-05-18T12:00:00Z", end: "2026-05-18T13:00:00Z" },
        { start: "2026-05-18T14:00:00Z", end: "2026-05-18T16:00:00Z" },
      ],
      ...over.countdown,
    },
  }) as unknown as AskLine;

const words = (asked: AskLine, now: number) => askStatus(asked, NOON, now).words;

describe("where an ask stands", () => {
  it("counts the working time that is left, and none of a break", () => {
    expect(words(line(), NOON)).toBe("3 h left");
    expect(words(line(), NOON - 30_000)).toBe("3 h left");
    expect(words(line(), NOON + HOUR / 2)).toBe("2 h 30 min left");
    expect(words(line(), NOON + HOUR)).toBe("2 h left");
    expect(words(line(), NOON + 2 * HOUR)).toBe("2 h left");
    expect(words(line(), NOON + 3 * HOUR)).toBe("1 h left");
  });

  it("says how late it is in real time, by the clock or because the server said so", () => {
    expect(words(line(), NOON + 4 * HOUR + 22 * 60_000)).toBe("22 min late");
    const breached = line({ timer: { breached_at: "2026-05-18T16:00:00Z" } });
    expect(askStatus(breached, NOON, NOON + 5 * HOUR)).toEqual({ words: "1 h late", tone: "bad" });
  });

  it("says by when, on my clock, while the recipient's clock stands still", () => {
    const waits = line({
      due: { at: "2026-05-19T07:00:00Z", yours: "2026-05-19T10:00:00+03:00", theirs: "" },
      countdown: { runs_from: { at: "2026-05-19T06:00:00Z", yours: "", theirs: "" } },
    });
    expect(askStatus(waits, NOON, NOON)).toEqual({
      words: "Due tomorrow 10:00 · outside working hours",
      tone: "plain",
    });
  });

  it("runs at once where it begins with the next second", () => {
    const fresh = { countdown: { runs_from: { at: "2026-05-18T12:00:00Z", yours: "", theirs: "" } } };
    expect(askStatus(line(fresh), NOON - 400, NOON - 30_000).words).toBe("3 h left");
  });

  it("knows pauses, promises outside working time, and nobody's hours", () => {
    expect(words(line({ timer: { paused_at: "2026-05-18T11:00:00Z" } }), NOON)).toBe(
      "Paused · was due 19:00",
    );
    expect(words(line({ countdown: { runs_from: null } }), NOON)).toBe("Due 19:00");
    expect(words(line({ due: null }), NOON)).toBe("No due time");
  });

  it("is told apart once the recipient was warned", () => {
    const warned = line({ timer: { warned_at: "2026-05-18T11:59:00Z" } });
    expect(askStatus(warned, NOON, NOON).tone).toBe("warn");
    expect(askStatus(line(), NOON, NOON).tone).toBe("info");
  });
});
