import type { components } from "../../api/schema";

type Placed = Pick<components["schemas"]["NewsLine"], "topic" | "task" | "decision" | "project">;

/** Where something is to be read, below the workspace's address: its task or decision, else its topic. */
export function addressOf({ task, decision, topic, project }: Placed): string {
  if (task) return `/tasks/${task.key}`;
  if (decision) return `/decisions/${decision.key}`;
  if (topic) return `/topics/${topic.id}`;
  return project ? `/projects/${project.key}` : "";
}
