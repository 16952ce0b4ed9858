import { useSignal } from "@preact/signals";
import { Link, SquarePlus, X } from "lucide";
import t from "locale:decision";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button, IconButton } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { Section } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { Picker } from "../../parts/ui/picker";
import { StateIcon } from "../../parts/data/task-words";
import { OutcomeTaskDialog } from "./outcome-task";
import type { DecisionProps, WholeDecision } from "./data";

const TASK = "/api/workspaces/{workspace}/decisions/{key}/tasks/{other_key}";

/** The tasks that it is about, and those that were made from its outcome. */
export function Tasks({ decision }: DecisionProps) {
  const here = useWorkspace();
  const { me } = useBoard();
  const action = useAction();
  const isMaking = useSignal(false);
  const canEdit = me.role !== "guest";
  const { key, tasks, status } = decision;
  const link = (other_key: string, isLinked: boolean) =>
    action.run(async () => {
      const params = here.pathParams({ key, other_key });
      await answer(isLinked ? api.PUT(TASK, { params }) : api.DELETE(TASK, { params }));
    });
  if (!canEdit && tasks.length === 0) return null;
  const linked = new Set(tasks.map((task) => task.key));
  const options = () =>
    [...here.live.list("tasks").peek().values()]
      .reverse()
      .map((task) => ({ value: task.key, name: `${task.key} ${task.title}` }));
  return (
    <Section
      id="tasks"
      title={t.tasks}
      aside={
        canEdit && (
          <span class="part-acts">
            <Picker
              class="button quiet small"
              label={t.linkTask}
              chosen={linked}
              options={options}
              onPick={(other) => link(other, !linked.has(other))}
            >
              <Icon of={Link} size={14} />
              {t.linkTask}
            </Picker>
            {status === "decided" && (
              <Button small icon={SquarePlus} onClick={() => (isMaking.value = true)}>
                {t.createTask}
              </Button>
            )}
          </span>
        )
      }
    >
      <RequestError of={action} />
      {tasks.length === 0 ? (
        <p class="quiet">{t.noTasks}</p>
      ) : (
        <ul class="panel rows" aria-label={t.tasks}>
          {tasks.map((task) => (
            <TaskRow key={task.key} task={task} remove={canEdit ? () => link(task.key, false) : null} />
          ))}
        </ul>
      )}
      {isMaking.value && (
        <OutcomeTaskDialog decision={decision} close={() => (isMaking.value = false)} />
      )}
    </Section>
  );
}

interface RowProps {
  task: WholeDecision["tasks"][number];
  remove: (() => void) | null;
}

/** A task in its current state, or in the one it had when the decision was loaded. */
function TaskRow({ task, remove }: RowProps) {
  const here = useWorkspace();
  const tasks = here.live.list("tasks").value;
  const { state, title } = [...tasks.values()].find(({ key }) => key === task.key) ?? task;
  return (
    <li class="linked-task">
      <StateIcon state={state} named />
      <span class="code quiet">{task.key}</span>
      <a class="main ellipsis" dir="auto" href={here.pageUrl(`/tasks/${task.key}`)}>
        {title}
      </a>
      {task.is_from_outcome && <Chip>{t.fromOutcome}</Chip>}
      {remove && <IconButton icon={X} label={t.removeTask({ key: task.key })} onClick={remove} />}
    </li>
  );
}
