import { describe, expect, it } from "vitest";
import type { Task } from "../../live/documents";
import { myTasks, taskDue } from "./my-tasks";

const FRIDAY = "2026-05-22";

const task = (number: number, over: Partial<Task> = {}): Task =>
  ({ number, assignee_id: "me", closed_at: null, due_on: null, ...over }) as unknown as Task;

describe("my tasks", () => {
  it("are open and mine, by due date, those without one last", () => {
    const all = [
      task(1),
      task(2, { due_on: "2026-06-01" }),
      task(10, { due_on: "2026-05-20" }),
      task(9, { due_on: "2026-05-20" }),
      task(4, { assignee_id: "sam" }),
      task(5, { closed_at: "2026-05-18T08:00:00Z" }),
    ];
    expect(myTasks(all, "me").map(({ number }) => number)).toEqual([9, 10, 2, 1]);
  });

  it("say in words when they are due", () => {
    const words = (due: string | null, today = FRIDAY) => taskDue(due, today).words;
    expect(taskDue("2026-05-21", FRIDAY)).toEqual({ words: "Overdue since Thu 21 May", tone: "bad" });
    expect(taskDue(FRIDAY, FRIDAY)).toEqual({ words: "Due today", tone: "warn" });
    expect(words("2026-05-24")).toBe("This week · Sun 24 May");
    expect(words("2026-05-25")).toBe("Due Mon 25 May");
    expect(words("2026-05-25", "2026-05-24")).toBe("Due Mon 25 May");
    expect(words("2026-05-31", "2026-05-25")).toBe("This week · Sun 31 May");
    expect(words("2027-01-04")).toBe("Due Mon 4 Jan 2027");
    expect(words(null)).toBe("No due date");
  });
});
