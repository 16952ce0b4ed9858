import { expect, it } from "vitest";
import type { Task } from "../../live/documents";
import { figuresOf } from "./figures";

const task = (key: string, over: Partial<Task> = {}) =>
  ({ key, project_id: "web", due_on: null, closed_at: null, ...over }) as Task;

it("counts what is open, and knows what is due first", () => {
  const figures = figuresOf([
    task("WEB-1", { due_on: "2026-06-02" }),
    task("WEB-2", { due_on: "2026-05-20", closed_at: "2026-05-18T07:00:00Z" }),
    task("WEB-3", { due_on: "2026-05-28" }),
    task("APP-1", { project_id: "app" }),
  ]);
  expect(figures.get("web")).toEqual({ open: 2, next: { key: "WEB-3", due_on: "2026-05-28" } });
  expect(figures.get("app")).toEqual({ open: 1, next: null });
});
