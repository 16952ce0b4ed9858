import type { components } from "../../api/schema";

type Placed = Pick<components["schemas"]["NewsLine"], "topic" | "task" | "decision" | "project">;

/** The path of the page where something is read: its task, decision, topic or project. */
export function pathOf({ task, decision, topic, project }: Placed): string {
  if (task) return `/tasks/${task.key}`;
  if (decision) return `/decisions/${decision.key}`;
  if (topic) return `/topics/${topic.id}`;
  return project ? `/projects/${project.key}` : "";
}
