import type { ComponentChildren } from "preact";
import type { Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { StateIcon } from "../../parts/data/task-words";

/** Another task, in one line. */
export function TaskRow({ task, children }: { task: Task; children?: ComponentChildren }) {
  const here = useWorkspace();
  const member = here.live.one("members", task.assignee_id ?? "").value;
  return (
    <li class={task.closed_at ? "task-row closed" : "task-row"}>
      <StateIcon state={task.state} named />
      <span class="code quiet">{task.key}</span>
      <a class="main ellipsis" dir="auto" href={here.pageUrl(`/tasks/${task.key}`)}>
        {task.title}
      </a>
      {member && (
        <span title={member.name}>
          <Avatar of={member} />
          <span class="unseen">{member.name}</span>
        </span>
      )}
      {children}
    </li>
  );
}
