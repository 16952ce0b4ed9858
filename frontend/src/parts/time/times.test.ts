import { describe, expect, it } from "vitest";
import type { Times } from "../../live/availability";
import type { Timer } from "../../live/documents";
import { countdownOf, dateWords, dayMonthWords, dayWords, durationWords, localNow, timeWords } from "./times";

describe("wall times", () => {
  it.each([
    ["2026-05-22T15:30:00+03:00", "15:30"],
    ["2026-05-23T09:00:00+03:00", "tomorrow 09:00"],
    ["2026-05-26T09:00:00+03:00", "Tue 09:00"],
    ["2026-06-05T09:00:00+03:00", "Fri 5 Jun 09:00"],
    ["2027-01-04T09:00:00+02:00", "Mon 4 Jan 2027 09:00"],
  ])("%s is said as %s", (local, words) => {
    expect(timeWords(local, "2026-05-22T10:00:00+03:00")).toBe(words);
  });

  it("are days of a calendar, whatever the zone of this computer", () => {
    expect(dateWords("2026-05-22")).toBe("Fri 22 May");
    expect(dayMonthWords("2026-09-03")).toBe("3 Sep");
    expect(dayMonthWords("2027-01-04", "2026-12-30")).toBe("4 Jan 2027");
    expect(dayWords("2026-05-21", "2026-05-22")).toBe("yesterday");
  });

  it.each([
    [30_000, "0 min"],
    [48 * 60_000, "48 min"],
    [130 * 60_000, "2 h 10 min"],
    [12.5 * 3_600_000, "12 h"],
    [50 * 3_600_000, "2 days"],
  ])("%i ms are %s", (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it("go on with the clock", () => {
    const later = Date.parse("2026-05-22T22:30:00Z");
    expect(localNow("2026-05-22T10:00:00Z", "2026-05-22T13:00:00+03:00", later)).toBe(
      "2026-05-23T01:30:00",
    );
  });
});

describe("a countdown", () => {
  const at = (local: string) => ({
    at: new Date(`${local}:00+03:00`).toISOString(),
    local: `${local}:00+03:00`,
    reference: `${local}:00+03:00`,
  });
  const stretch = (from: string, to: string) => ({
    start: at(`2026-05-20T${from}`),
    end: at(`2026-05-20T${to}`),
  });
  const times = {
    intervals: [stretch("09:00", "13:00"), stretch("14:00", "18:00")],
  } as unknown as Times;
  const timer = (due: string, over: Partial<Timer> = {}): Timer =>
    ({
      due_at: at(due).at,
      local: { due_at: at(due).local },
      ended_at: null,
      breached_at: null,
      paused_at: null,
      warned_at: null,
      zone: "Europe/Kyiv",
      ...over,
    }) as unknown as Timer;
  const said = (subject: Timer, now: string, known: Times | null = times) =>
    countdownOf(subject, Date.parse(at(now).at), known ?? undefined, { zone: "Europe/Kyiv" })?.words;

  it("counts the working time that is left, without lunch", () => {
    expect(said(timer("2026-05-20T14:30"), "2026-05-20T12:30")).toBe("1 h left");
  });

  it("stands still outside the recipient's hours", () => {
    expect(said(timer("2026-05-21T10:00"), "2026-05-20T19:00")).toBe(
      "Due tomorrow 10:00 · outside working hours",
    );
    expect(said(timer("2026-05-20T15:00"), "2026-05-20T13:20")).toBe("Due 15:00 · outside working hours");
  });

  it("names the instant where it lies beyond the hours that are known", () => {
    expect(said(timer("2026-05-21T10:00"), "2026-05-20T17:00")).toBe("Due tomorrow 10:00");
    expect(said(timer("2026-05-20T15:00"), "2026-05-20T10:00", null)).toBe("Due 15:00");
  });

  it("names the city of a clock that isn't the reader's, and of no other", () => {
    const asked = timer("2026-05-21T10:00", { zone: "America/New_York" });
    const read = (zone: string, over = asked) =>
      countdownOf(over, Date.parse(at("2026-05-20T19:00").at), times, { zone })?.words;
    expect(read("Europe/Kyiv")).toBe("Due tomorrow 10:00 in New York · outside working hours");
    expect(read("America/New_York")).toBe("Due tomorrow 10:00 · outside working hours");
    const paused = { ...asked, paused_at: "2026-05-20T10:00:00Z" };
    expect(read("Europe/Kyiv", paused)).toBe("Paused · was due tomorrow 10:00 in New York");
  });

  it("says no due time where it stands beside it", () => {
    const read = (over: Partial<Timer>, now: string) => {
      const asked = timer("2026-05-21T10:00", over);
      return countdownOf(asked, Date.parse(at(now).at), times, { seesDue: true })?.words;
    };
    expect(read({}, "2026-05-20T19:00")).toBe("Outside working hours");
    expect(read({}, "2026-05-20T17:00")).toBe("Waiting");
    expect(read({ paused_at: "2026-05-20T10:00:00Z" }, "2026-05-20T17:00")).toBe("Paused");
  });

  it("says how late it is", () => {
    const late = timer("2026-05-20T10:00", { breached_at: at("2026-05-20T10:00").at });
    expect(said(late, "2026-05-20T10:22")).toBe("22 min late");
    expect(said(timer("2026-05-20T10:00"), "2026-05-20T10:00")).toBe("0 min late");
  });

  it("ends with its timer, and says where there is none", () => {
    expect(said(timer("2026-05-20T10:00", { ended_at: "x" }), "2026-05-20T09:00")).toBeUndefined();
    const none = timer("2026-05-20T10:00", { due_at: null });
    expect(said(none, "2026-05-20T09:00")).toBe("No due time");
  });
});
