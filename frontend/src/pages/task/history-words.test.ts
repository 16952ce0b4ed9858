import { expect, it } from "vitest";
import { type Entry, historyWords } from "./history-words";

const names = { member: (id: string) => id.toUpperCase(), task: (id: string) => `WEB-${id}` };
const words = (changes: Entry["changes"], kind = "task.changed") =>
  historyWords({ kind, changes } as Entry, names);

it("says what someone changed", () => {
  expect(words({ state: { old: "todo", new: "done" } })).toBe(
    "moved the task from To do to Done",
  );
  expect(
    words({ assignee_id: { old: null, new: "sam" }, priority: { old: "low", new: "high" } }),
  ).toBe("assigned SAM and set the priority to High");
  expect(words({ due_on: { old: null, new: "2026-05-22" } })).toBe(
    "set the due date to Fri 22 May",
  );
  expect(words({ context: { old: null, new: null } })).toBe("changed the context");
  expect(words({}, "task.created")).toBe("created the task");
  expect(words({})).toBe("changed the task");
});

it("says only what differs in lists", () => {
  expect(words({ labels: { old: ["a", "b"], new: ["b", "c", "d"] } })).toBe(
    "added the labels c and d and removed the label a",
  );
  expect(words({ blocked_by: { old: [], new: ["3"] } })).toBe("marked the task as blocked by WEB-3");
});
