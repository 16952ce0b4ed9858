import { expect, it } from "vitest";
import { promiseChoices, proposedTime } from "./promise-choices";

const clocks = (is_working: boolean, next: string | null) => ({
  now: { at: "", local: "2026-05-18T15:20:00+03:00", reference: "" },
  is_working,
  next_first_check: next ? { at: "", local: next, reference: "" } : null,
});

it("offers whole hours of my clock, none of them past", () => {
  const next = "2026-05-19T09:00:00+03:00";
  expect(promiseChoices(clocks(true, next))).toEqual(["2026-05-18T18:00", "2026-05-19T11:00"]);
  expect(promiseChoices(clocks(false, next))).toEqual(["2026-05-19T11:00"]);
  expect(promiseChoices(clocks(false, null))).toEqual([]);
});

it("proposes a quarter of an hour that is still ahead, or the next day's first likely time", () => {
  expect(proposedTime("2026-05-18T15:20:00+03:00", ["2026-05-18T18:00"])).toBe("2026-05-18T15:45");
  expect(proposedTime("2026-05-18T15:30:00+03:00", [])).toBe("2026-05-18T15:45");
  expect(proposedTime("2026-05-18T23:50:00+03:00", [])).toBe("2026-05-19T00:15");
  expect(proposedTime("2026-05-18T20:20:00+03:00", ["2026-05-19T11:00"])).toBe("2026-05-19T11:00");
});
