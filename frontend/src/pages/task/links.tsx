import t from "locale:task";
import { useComputed } from "@preact/signals";
import { Ban, Hand, X } from "lucide";
import { answer, api } from "../../api/client";
import { type Problem, Refusal } from "../../api/problem";
import type { Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { IconButton } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { Section } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { Picker } from "../../parts/ui/picker";
import { CYCLE } from "./change";
import { TaskRow } from "./task-row";

interface Props {
  task: Task;
  canEdit: boolean;
}

const BLOCKER = "/api/workspaces/{workspace}/tasks/{key}/blockers/{other_key}";

/** The tasks that block this one, and those that it blocks. */
export function Links({ task, canEdit }: Props) {
  const here = useWorkspace();
  const action = useAction();
  const tasks = here.live.list("tasks");
  const blockers = task.blocked_by.flatMap((id) => here.live.one("tasks", id).value ?? []);
  const blocked = useComputed(() =>
    [...tasks.value.values()].filter(({ blocked_by }) => blocked_by.includes(task.id)),
  ).value;
  /** Link or unlink `blocker` as a blocker of `waiting`. */
  const link = (waiting: Task, blocker: Task, isLinked: boolean) =>
    action.run(async () => {
      const params = here.pathParams({ key: waiting.key, other_key: blocker.key });
      const sent = isLinked ? api.PUT(BLOCKER, { params }) : api.DELETE(BLOCKER, { params });
      await answer(sent).catch((fault: unknown) => {
        throw explained(fault, waiting, blocker);
      });
    });
  if (!canEdit && blockers.length + blocked.length === 0) return null;
  const options = () =>
    [...tasks.peek().values()]
      .filter(({ id }) => id !== task.id)
      .reverse()
      .map(({ id, key, title }) => ({ value: id, name: `${key} ${title}` }));
  const picked = (id: string, run: (other: Task) => void) => {
    const other = tasks.peek().get(id);
    if (other) run(other);
  };
  return (
    <Section
      id="links"
      title={t.dependencies}
      aside={
        canEdit && (
          <span class="part-acts">
            <Picker
              class="button quiet small"
              label={t.blockedBy}
              title={t.blockedByMore}
              chosen={new Set(task.blocked_by)}
              options={options}
              onPick={(id) =>
                picked(id, (other) => link(task, other, !task.blocked_by.includes(id)))
              }
            >
              <Icon of={Hand} size={14} />
              {t.blockedByMore}
            </Picker>
            <Picker
              class="button quiet small"
              label={t.blocks}
              title={t.blocksMore}
              chosen={new Set(blocked.map(({ id }) => id))}
              options={options}
              onPick={(id) =>
                picked(id, (other) => link(other, task, !other.blocked_by.includes(task.id)))
              }
            >
              <Icon of={Ban} size={14} />
              {t.blocksMore}
            </Picker>
          </span>
        )
      }
    >
      <RequestError of={action} />
      {blockers.length > 0 && (
        <Linked
          name={t.keyBlockedBy({ key: task.key })}
          tasks={blockers}
          remove={canEdit ? (other) => link(task, other, false) : undefined}
        />
      )}
      {blocked.length > 0 && (
        <Linked
          name={t.keyBlocks({ key: task.key })}
          tasks={blocked}
          remove={canEdit ? (other) => link(other, task, false) : undefined}
        />
      )}
    </Section>
  );
}

interface LinkedProps {
  name: string;
  tasks: readonly Task[];
  remove: ((other: Task) => void) | undefined;
}

function Linked({ name, tasks, remove }: LinkedProps) {
  return (
    <>
      <h3 class="quiet">{name}</h3>
      <ul class="panel rows" aria-label={name}>
        {tasks.map((other) => (
          <TaskRow key={other.id} task={other}>
            {remove && (
              <IconButton icon={X} label={t.removeLink({ key: other.key })} onClick={() => remove(other)} />
            )}
          </TaskRow>
        ))}
      </ul>
    </>
  );
}

/** Explain a refused link: two tasks can't block each other. */
function explained(fault: unknown, waiting: Task, blocker: Task): unknown {
  if (!(fault instanceof Refusal) || fault.problem.type !== CYCLE) return fault;
  const keys = { blocked: waiting.key, blocker: blocker.key };
  const problem: Problem = {
    ...fault.problem,
    title: t.cantBlock(keys),
    detail: t.cantBlockWhy(keys),
  };
  return new Refusal(problem);
}
