import { expect, it } from "vitest";
import { type Entry, historyWords } from "./history-words";

const names = { member: (id: string) => id.toUpperCase(), task: (id: string) => `WEB-${id}` };
const words = (changes: Entry["changes"], kind = "task.changed") =>
  historyWords({ kind, changes } as Entry, names);

it("says what somebody changed", () => {
  expect(words({ state: { old: "todo", new: "done" } })).toBe("moved it from To do to Done");
  expect(
    words({ assignee_id: { old: null, new: "sam" }, priority: { old: "low", new: "high" } }),
  ).toBe("gave it to SAM, gave it high priority");
  expect(words({ due_on: { old: null, new: "2026-05-22" } })).toBe(
    "set the due date to Fri 22 May",
  );
  expect(words({ context: { old: null, new: null } })).toBe("changed the context");
  expect(words({}, "task.created")).toBe("made it");
});

it("says only what differs in lists", () => {
  expect(words({ labels: { old: ["a", "b"], new: ["b", "c"] } })).toBe(
    "added the label c, took away the label a",
  );
  expect(words({ blocked_by: { old: [], new: ["3"] } })).toBe("let it wait for WEB-3");
});
