import type { Task } from "../../live/documents";

export interface Figures {
  open: number;
  /** The open task that is due first. */
  next: { key: string; due_on: string } | null;
}

/** What is open in each project, by its id. */
export function figuresOf(tasks: Iterable<Task>): ReadonlyMap<string, Figures> {
  const all = new Map<string, Figures>();
  for (const { project_id, key, due_on, closed_at } of tasks) {
    if (closed_at) continue;
    const figures = all.get(project_id) ?? { open: 0, next: null };
    figures.open += 1;
    if (due_on && (!figures.next || due_on < figures.next.due_on)) figures.next = { key, due_on };
    all.set(project_id, figures);
  }
  return all;
}
