import type { components } from "../../api/schema";

type Placed = Pick<components["schemas"]["NewsLine"], "topic" | "task" | "project">;

/** Where something is to be read, below the workspace's address: its task, else its topic. */
export function addressOf({ task, topic, project }: Placed): string {
  if (task) return `/tasks/${task.key}`;
  if (topic) return `/topics/${topic.id}`;
  return project ? `/projects/${project.key}` : "";
}
