import { expect, it } from "vitest";
import { bothWords, dueWords } from "./due-words";

const NOON = Date.parse("2026-05-21T12:00:00Z");
const due = {
  at: "2026-05-22T14:30:00Z",
  theirs: "2026-05-22T10:30:00-04:00",
  yours: "2026-05-22T17:30:00+03:00",
};

it("says a due time on both clocks, and once where they show the same", () => {
  const zone = "America/New_York";
  const both = "tomorrow 10:30 in New York (tomorrow 17:30 for you)";
  expect(bothWords(due, zone, NOON)).toBe(both);
  expect(dueWords(due, zone, NOON)).toBe(`due ${both}`);
  expect(bothWords({ ...due, theirs: due.yours }, zone, NOON)).toBe("tomorrow 17:30");
});

it("says it to the recipient on their own clock, and what is past as past", () => {
  expect(dueWords(due, undefined, NOON)).toBe("due tomorrow 17:30 for you");
  expect(dueWords(due, undefined, NOON + 48 * 3_600_000)).toBe("was due yesterday 17:30 for you");
  expect(dueWords(due, undefined, NOON, true)).toBe("was due tomorrow 17:30 for you");
});
