import { CalendarClock } from "lucide";
import common from "locale:common";
import type { Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { stateWords } from "../../parts/data/task-words";
import { Chip } from "../../parts/ui/chip";
import type { Desk } from "./desk";
import { taskDue } from "./my-tasks";
import { RowFrame } from "./row-frame";
import { taskRow } from "./rows";

/** A task of mine, and when it is due. */
export function TaskRow({ task, desk }: { task: Task; desk: Desk }) {
  const here = useWorkspace();
  const { words, tone } = taskDue(task.due_on, desk.today.now.local.slice(0, 10));
  const project = here.live.one("projects", task.project_id).value;
  const isPressing = task.priority === "critical" || task.priority === "high";
  return (
    <RowFrame
      row={taskRow(task)}
      desk={desk}
      chip={
        <Chip tone={tone} icon={CalendarClock}>
          {words}
        </Chip>
      }
      title={
        <>
          <span class="key">{task.key}</span> {task.title}
        </>
      }
    >
      <p class="facts">
        <span>{stateWords(task.state)}</span>
        {isPressing && <span>{common.priorityNamed({ priority: task.priority })}</span>}
        {project && <span>{project.name}</span>}
      </p>
    </RowFrame>
  );
}
