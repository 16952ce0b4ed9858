import { signal } from "@preact/signals";
import type { components } from "../api/schema";
import { lazyPart } from "../parts/lazy/lazy";

type TaskIn = components["schemas"]["TaskIn"];

/** What a new task begins with: the column or page where one is. */
export type NewTaskStart = Partial<
  Pick<TaskIn, "project" | "state" | "assignee_id" | "priority" | "parent" | "title">
>;

const start = signal<NewTaskStart | null>(null);

/** Open the dialog. */
export function openNewTask(from: NewTaskStart = {}): void {
  start.value = from;
}

export const NewTaskForm = lazyPart(() => import("./new-task-form"), "New task");

export function NewTaskDialog() {
  const close = () => (start.value = null);
  return start.value && <NewTaskForm start={start.value} close={close} />;
}
