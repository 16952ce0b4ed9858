// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { Task } from "../../live/documents";
import { task } from "../../live/fixtures";
import { Arrangement } from "./arrangement";
import { type Known, queryOf, shownBy } from "./filter";
import { rangeOf } from "./virtual-rows";

const SAM = "01a22985-0000-7000-8000-00000000005a";
const known: Known = {
  me: "olena",
  projectKey: (id) => id.toUpperCase(),
  taskKey: (id) => `ABC-${id}`,
};
const shown = (text: string) => shownBy(new URLSearchParams(text));
const mapOf = (...tasks: Task[]) => new Map(tasks.map((each) => [each.id, each]));
const never = () => false;
const always = () => true;

function arranged(text: string, ...tasks: Task[]) {
  const arrangement = new Arrangement(shown(text), known, mapOf(...tasks));
  return { arrangement, columns: () => Object.fromEntries(arrangement.columns) };
}

describe("the address", () => {
  it.each(["", "project=WEB&project=APP&assignee=me&open=true&q=two+words&by=project&sort=key"])(
    "%j says all that is shown, and comes back as it was",
    (text) => {
      expect(queryOf(shown(text)).toString()).toBe(text);
    },
  );

  it("with a grouping that there is not shows states", () => {
    expect(shown("by=mood").by).toBe("state");
  });
});

describe("a filter", () => {
  const fitting = (text: string, over: Partial<Task>) =>
    Object.values(arranged(text, task("t", over)).columns()).flat().length === 1;

  it.each<[string, Partial<Task>, boolean]>([
    ["project=ABC", {}, true],
    ["project=WEB", {}, false],
    ["assignee=me", { assignee_id: "olena" }, true],
    ["assignee=me", { assignee_id: "sam" }, false],
    ["assignee=none", {}, true],
    [`assignee=none&assignee=${SAM}`, { assignee_id: SAM }, true],
    ["label=bug", { labels: ["bug", "copy"] }, true],
    ["label=bug&priority=high", { labels: ["bug"] }, false],
    ["watcher=me", { watchers: ["olena"] }, true],
    ["parent=abc-7", { parent_id: "7" }, true],
    ["open=true", { closed_at: "2026-05-18T07:00:00Z" }, false],
    ["open=false", { closed_at: "2026-05-18T07:00:00Z" }, true],
    ["due_before=2026-05-20", { due_on: "2026-05-19" }, true],
    ["due_before=2026-05-20", { due_on: "2026-05-20" }, false],
    ["due_before=2026-05-20", {}, false],
    ["due_after=2026-05-20", { due_on: "2026-05-21" }, true],
    ["updated_since=2026-05-18T10:00:00%2B03:00", {}, true],
    ["updated_since=2026-05-18T10:01:00%2B03:00", {}, false],
    ["q=led+abc", { title: "The ledger" }, true],
    ["q=led+xyz", { title: "The ledger" }, false],
  ])("%s of %j: %s", (text, over, expected) => {
    expect(fitting(text, over)).toBe(expected);
  });
});

describe("the arrangement", () => {
  it("orders by priority, then by due date, project and number", () => {
    const { columns } = arranged(
      "",
      task("late", { due_on: "2026-06-01", number: 1 }),
      task("none", { number: 2 }),
      task("soon", { due_on: "2026-05-20", number: 3 }),
      task("urgent", { priority: "critical", number: 4 }),
    );
    expect(columns()).toEqual({ todo: ["urgent", "soon", "late", "none"] });
  });

  it.each([
    ["sort=-created_at", ["b", "a"]],
    ["sort=created_at", ["a", "b"]],
    ["sort=-key", ["b", "a"]],
    ["sort=due_on", ["b", "a"]],
  ])("%s gives %j", (text, expected) => {
    const a = task("a", { number: 1 });
    const b = task("b", { number: 2, created_at: "2026-05-19T07:00:00Z", due_on: "2026-05-20" });
    expect(arranged(text, a, b).columns()).toEqual({ todo: expected });
  });

  it("has columns by person and by project", () => {
    const mine = task("mine", { assignee_id: "olena" });
    expect(arranged("by=assignee", mine, task("free")).columns()).toEqual({
      olena: ["mine"],
      none: ["free"],
    });
    expect(arranged("by=project", mine).columns()).toEqual({ abc: ["mine"] });
  });

  it("moves what changed, and leaves the columns that did not as they are", () => {
    const tasks = mapOf(task("a", { number: 1 }), task("b", { number: 2 }), task("c", { state: "done" }));
    const arrangement = new Arrangement(shown(""), known, tasks);
    const done = arrangement.columns.get("done");
    const changed = new Map(tasks).set("b", task("b", { number: 2, priority: "high" }));
    arrangement.follow(changed, never);
    expect(arrangement.columns.get("todo")).toEqual(["b", "a"]);
    expect(arrangement.columns.get("done")).toBe(done);
    const moved = new Map(changed).set("a", task("a", { number: 1, state: "done" }));
    arrangement.follow(moved, never);
    expect(Object.fromEntries(arrangement.columns)).toEqual({ todo: ["b"], done: ["a", "c"] });
  });

  it("leaves the order alone where only words change", () => {
    const tasks = mapOf(task("a", { number: 1 }));
    const arrangement = new Arrangement(shown(""), known, tasks);
    const before = arrangement.columns.get("todo");
    arrangement.follow(mapOf(task("a", { number: 1, title: "New words" })), always);
    expect(arrangement.columns.get("todo")).toBe(before);
    expect(arrangement.held).toBe(0);
  });

  it("holds back what would move, counts it, and lets it go", () => {
    const tasks = mapOf(task("a", { number: 1 }));
    const arrangement = new Arrangement(shown(""), known, tasks);
    arrangement.follow(
      mapOf(task("a", { number: 1, state: "done" }), task("new", { number: 2 })),
      always,
    );
    expect(Object.fromEntries(arrangement.columns)).toEqual({ todo: ["a"] });
    expect(arrangement.held).toBe(2);
    arrangement.release();
    expect(Object.fromEntries(arrangement.columns)).toEqual({ todo: ["new"], done: ["a"] });
    expect(arrangement.held).toBe(0);
  });

  it("forgets what it held where that came back", () => {
    const tasks = mapOf(task("a", { number: 1 }));
    const arrangement = new Arrangement(shown(""), known, tasks);
    arrangement.follow(mapOf(task("a", { number: 1, state: "done" })), always);
    arrangement.follow(mapOf(task("a", { number: 1, state: "todo" })), always);
    expect(arrangement.held).toBe(0);
  });

  it("begins anew where tasks are gone: another board was read", () => {
    const arrangement = new Arrangement(shown(""), known, mapOf(task("a"), task("b")));
    arrangement.follow(mapOf(task("b")), always);
    expect(Object.fromEntries(arrangement.columns)).toEqual({ todo: ["b"] });
  });
});

describe("the window", () => {
  it.each([
    [0, { from: 0, to: 16 }],
    [7600, { from: 92, to: 116 }],
  ])("at %i px draws %j", (top, range) => {
    expect(rangeOf(top, 760, 76)).toEqual(range);
  });
});
