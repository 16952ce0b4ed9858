import { expect, it } from "vitest";
import type { Decision } from "../../live/documents";
import { answeredWords, whenOf } from "./row-words";

const NOW = Date.parse("2026-05-20T12:00:00Z");
const open = {
  status: "open",
  input_due_at: "2026-05-20T20:00:00Z",
  closed_at: null,
  decided_at: null,
  decided_on: null,
  withdrawn_at: null,
  stakeholders: [{ has_answered: true }, { has_answered: false }],
} as unknown as Decision;
const said = (changes: Partial<Decision>) => whenOf({ ...open, ...changes }, NOW).words;

it("says how long an open one takes input, and how long it is past its deadline", () => {
  expect(said({})).toBe("8 h left");
  expect(said({ closed_at: "2026-05-20T11:00:00Z" })).toBe("input closed 1 h ago");
  expect(whenOf({ ...open, input_due_at: "2026-05-20T09:00:00Z" }, NOW)).toEqual({
    words: "3 h overdue",
    isLate: true,
  });
  expect(answeredWords(open)).toBe("1 of 2 answered");
});

it("says of an imported one the day that its source gives, if it gives one", () => {
  expect(said({ status: "decided", decided_on: "2024-03-01" })).toBe("1 Mar 2024");
  expect(said({ status: "decided" })).toBe("no date");
});
