import t from "locale:project";
import { useComputed } from "@preact/signals";
import { navigate } from "../../router/router";
import { type ListNavigation, rowProps, useListNavigation } from "../../keys/list-navigation";
import type { Project, Task } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Section } from "../../parts/ui/facts";
import { PriorityIcon, type State, StateIcon, stateWords } from "../../parts/data/task-words";
import { dayMonthWords, localDate } from "../../parts/time/times";

/** The order of the states: what is in progress comes first. */
const ORDER: readonly State[] = ["in_progress", "in_review", "waiting", "todo", "backlog"];
const MOST_SHOWN = 8;

/** The open tasks by state, the first few of each. */
export function OpenWork({ project }: { project: Project }) {
  const here = useWorkspace();
  const tasks = here.live.list("tasks");
  const groups = useComputed(() => grouped([...tasks.value.values()], project.id)).value;
  const shown = groups.flatMap(({ tasks: group }) => group.slice(0, MOST_SHOWN));
  const list = useListNavigation({
    ids: () => shown.map(({ id }) => id),
    group: t.openTasks,
    open: (id) => navigate(here.pageUrl(`/tasks/${here.live.one("tasks", id).peek()?.key}`)),
  });
  const board = here.pageUrl(`/board?project=${project.key}`);
  return (
    <Section id="open-work" title={t.openTasks} aside={<a href={board}>{t.viewOnBoard}</a>}>
      {groups.length === 0 && <p class="quiet">{t.noOpenTasks}</p>}
      {groups.map(({ state, tasks: group }) => (
        <div key={state} class="work-group">
          <h3>
            <StateIcon state={state} />
            {stateWords(state)}
            <span class="count">{group.length}</span>
          </h3>
          <ul class="panel rows" aria-label={stateWords(state)}>
            {group.slice(0, MOST_SHOWN).map((task) => (
              <WorkRow key={task.id} task={task} list={list} />
            ))}
            {group.length > MOST_SHOWN && (
              <li>
                <a href={board}>{t.moreOnBoard({ count: group.length - MOST_SHOWN })}</a>
              </li>
            )}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function WorkRow({ task, list }: { task: Task; list: ListNavigation }) {
  const here = useWorkspace();
  const member = here.live.one("members", task.assignee_id ?? "").value;
  const today = localDate(Date.now());
  const isLate = task.due_on !== null && task.due_on < today;
  const date = task.due_on ? dayMonthWords(task.due_on, today) : "";
  return (
    <li class="work-row">
      <PriorityIcon priority={task.priority} named />
      <span class="code quiet">{task.key}</span>
      <a class="main ellipsis" dir="auto" href={here.pageUrl(`/tasks/${task.key}`)} {...rowProps(list, task.id)}>
        {task.title}
      </a>
      {task.due_on && (
        <span class={isLate ? "work-due late" : "work-due quiet"}>
          {isLate ? t.overdueSince({ date }) : t.dueOn({ date })}
        </span>
      )}
      {member && (
        <span title={member.name}>
          <Avatar of={member} />
          <span class="unseen">{member.name}</span>
        </span>
      )}
    </li>
  );
}

function grouped(all: readonly Task[], projectId: string) {
  const open = all.filter(({ project_id, closed_at }) => project_id === projectId && !closed_at);
  open.sort((a, b) => (a.due_on ?? "9").localeCompare(b.due_on ?? "9") || a.number - b.number);
  return ORDER.map((state) => ({
    state,
    tasks: open.filter((task) => task.state === state),
  })).filter(({ tasks }) => tasks.length > 0);
}
