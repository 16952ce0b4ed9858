import { expect, it } from "vitest";
import type { Preview } from "./ask-preview";
import { awayWords, dueLineWords, lastStart, availabilityWords, nextInLineWords } from "./ask-preview-words";

const clocks = (at: string, theirs: string, yours: string) => ({ at, theirs, yours });

const sam = (over: object = {}) =>
  ({
    zone: "Asia/Seoul",
    standing: "off",
    now: clocks("2026-05-21T14:02:00Z", "2026-05-21T23:02:00+09:00", "2026-05-21T17:02:00+03:00"),
    next_start: clocks(
      "2026-05-22T00:00:00Z",
      "2026-05-22T09:00:00+09:00",
      "2026-05-22T03:00:00+03:00",
    ),
    due: clocks("2026-05-22T04:00:00Z", "2026-05-22T13:00:00+09:00", "2026-05-22T07:00:00+03:00"),
    ...over,
  }) as unknown as Preview["recipients"][number];

it("says when a recipient works, in their time zone", () => {
  expect(availabilityWords(sam())).toBe("23:02 in Seoul, not working until tomorrow 09:00");
  expect(availabilityWords(sam({ standing: "working" }))).toBe("23:02 in Seoul, working now");
  expect(availabilityWords(sam({ standing: "focus" }))).toBe("23:02 in Seoul, in focus time");
  expect(availabilityWords(sam({ next_start: null }))).toBe("23:02 in Seoul, not working");
});

it("says when the answer would be due on both clocks, or that there can be none", () => {
  expect(dueLineWords(sam())).toBe("due tomorrow 13:00 in Seoul (tomorrow 07:00 for you)");
  expect(dueLineWords(sam({ due: null }))).toBe("can’t be asked, no working hours scheduled");
});

it("says whom the question goes to if no one answers, each in their own time zone", () => {
  const noor = {
    name: "Noor",
    zone: "Asia/Dubai",
    asked: clocks("2026-05-26T07:00:00Z", "2026-05-26T11:00:00+04:00", "2026-05-26T10:00:00+03:00"),
  };
  const ada = {
    name: "Ada",
    zone: "Europe/London",
    asked: clocks("2026-05-27T09:00:00Z", "2026-05-27T10:00:00+01:00", "2026-05-27T12:00:00+03:00"),
  };
  const nobody = { name: null, zone: null, asked: null };
  expect(nextInLineWords(sam({ escalation: [nobody, noor, ada] }))).toBe(
    "If no one answers: Noor (Tue 11:00 in Dubai), then Ada (Wed 10:00 in London)",
  );
  expect(nextInLineWords(sam({ escalation: [nobody] }))).toBeNull();
});

it("says until when someone is off, and when the last of several starts", () => {
  const late = clocks(
    "2026-05-22T06:00:00Z",
    "2026-05-22T08:00:00+02:00",
    "2026-05-22T09:00:00+03:00",
  );
  expect(awayWords(sam({ name: "Sam" }))).toBe(
    "Sam isn’t working until tomorrow 09:00 in Seoul (tomorrow 03:00 for you).",
  );
  expect(lastStart([sam(), sam({ next_start: late }), sam()])).toEqual(late);
  expect(lastStart([sam(), sam({ next_start: null })])).toBeNull();
});
