import { expect, it } from "vitest";
import { waitsForMe } from "./decision-status";

const asked = (member_id: string, has_answered: boolean, has_read = false) => ({
  member_id,
  asked_for: "input" as const,
  has_answered,
  has_read,
});
const open = {
  status: "open" as const,
  closed_at: null,
  decided_at: null,
  decider_id: "dana",
  stakeholders: [asked("sam", false), asked("kim", true)],
};
const closed = { ...open, closed_at: "2026-05-20T19:00:00Z" };
const decided = { ...closed, status: "decided" as const, decided_at: "2026-05-21T08:00:00Z" };

it("waits for input of who has not answered, and for the outcome once input is over", () => {
  expect(waitsForMe(open, "sam")).toBe("Needs your input");
  expect(waitsForMe(open, "kim")).toBeNull();
  expect(waitsForMe(open, "dana")).toBeNull();
  expect(waitsForMe(closed, "dana")).toBe("Needs your decision");
});

it("is to be read by who was asked, unless it came from elsewhere", () => {
  expect(waitsForMe(decided, "sam")).toBe("Not read yet");
  expect(waitsForMe({ ...decided, stakeholders: [asked("sam", true, true)] }, "sam")).toBeNull();
  expect(waitsForMe({ ...decided, decided_at: null }, "sam")).toBeNull();
});
