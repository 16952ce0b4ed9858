import t from "locale:task";
import { useComputed } from "@preact/signals";
import { Plus } from "lucide";
import { openNewTask } from "../../parts/ui/open-dialog";
import type { Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Section } from "../../parts/ui/facts";
import { Progress } from "../../parts/ui/progress";
import { TaskRow } from "./task-row";

/** The tasks that this one is made of. */
export function SubTasks({ task }: { task: Task }) {
  const { live } = useWorkspace();
  const tasks = live.list("tasks");
  const parts = useComputed(() =>
    [...tasks.value.values()].filter(({ parent_id }) => parent_id === task.id),
  ).value;
  const done = parts.filter(({ closed_at }) => closed_at).length;
  const add = () => {
    const project = live.one("projects", task.project_id).peek()?.key;
    openNewTask({ parent: task.key, ...(project ? { project } : {}) });
  };
  return (
    <Section
      id="sub-tasks"
      title={t.subTasks}
      aside={
        <>
          {parts.length > 0 && (
            <span class="quiet part-count">
              <Progress
                label={t.subTasksClosed({ done, total: parts.length })}
                value={done}
                max={parts.length}
              />
              {t.closedOf({ done, total: parts.length })}
            </span>
          )}
          <Button small kind="quiet" icon={Plus} onClick={add}>
            {t.addSubTask}
          </Button>
        </>
      }
    >
      {parts.length > 0 && (
        <ul class="panel rows" aria-label={t.subTasks}>
          {parts.map((part) => (
            <TaskRow key={part.id} task={part} />
          ))}
        </ul>
      )}
    </Section>
  );
}
