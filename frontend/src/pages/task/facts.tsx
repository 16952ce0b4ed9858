import t from "locale:task";
import common from "locale:common";
import { CornerLeftUp, Tag, UserRound } from "lucide";
import { minute } from "../../api/clock";
import type { Task } from "../../live/documents";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { DateFact, Fact, Facts } from "../../parts/ui/facts";
import { Icon } from "../../parts/ui/icon";
import { Menu } from "../../parts/ui/menu";
import { Picker } from "../../parts/ui/picker";
import {
  PRIORITIES,
  PriorityIcon,
  priorityWords,
  StateIcon,
  STATES,
  stateWords,
} from "../../parts/data/task-words";
import { agoWords } from "../../parts/time/relative-time";
import { dateWords, durationWords, localDate } from "../../parts/time/times";
import { type Change, changeParent } from "./change";
import { Watchers } from "./watchers";
import { memberOption } from "../../parts/people/member-option";

interface Props {
  task: Task;
  canEdit: boolean;
  change: Change;
}

/** The fields of a task, editable in place. */
export function TaskFacts(props: Props) {
  const { task, canEdit } = props;
  return (
    <>
      <Facts label={t.fields} canEdit={canEdit}>
        <Fact name={t.state}>
          <StateFact {...props} />
        </Fact>
        <Fact name={t.assignee}>
          <AssigneeFact {...props} />
        </Fact>
        <Fact name={t.priority}>
          <PriorityFact {...props} />
        </Fact>
        <DueFact {...props} />
        <Fact name={t.labels}>
          <LabelsFact {...props} />
        </Fact>
        <Fact name={t.parent}>
          <ParentFact {...props} />
        </Fact>
      </Facts>
      <Watchers task={task} />
      <Created task={task} />
    </>
  );
}

function StateFact({ task, change }: Props) {
  return (
    <Menu
      class="fact-button"
      label={t.state}
      title={t.stateIs({ state: stateWords(task.state) })}
      items={STATES.map(([state, name, icon]) => ({
        name,
        icon,
        checked: state === task.state,
        run: () => void change({ state }),
      }))}
    >
      <StateIcon state={task.state} />
      {stateWords(task.state)}
    </Menu>
  );
}

function PriorityFact({ task, change }: Props) {
  return (
    <Menu
      class="fact-button"
      label={t.priority}
      title={t.priorityIs({ priority: priorityWords(task.priority) })}
      items={PRIORITIES.map(([priority, name, icon]) => ({
        name,
        icon,
        checked: priority === task.priority,
        run: () => void change({ priority }),
      }))}
    >
      <PriorityIcon priority={task.priority} />
      {priorityWords(task.priority)}
    </Menu>
  );
}

function AssigneeFact({ task, change }: Props) {
  const here = useWorkspace();
  const member = here.live.one("members", task.assignee_id ?? "").value;
  return (
    <Picker
      class="fact-button"
      label={t.assignee}
      title={t.assigneeIs({ name: member?.name ?? t.unassigned })}
      chosen={new Set([task.assignee_id ?? "none"])}
      options={() => assignees(here)}
      onPick={(id) => void change({ assignee_id: id === "none" ? null : id })}
    >
      {member ? (
        <Person of={member} />
      ) : (
        <>
          <Icon of={UserRound} />
          <span class="quiet">{t.unassigned}</span>
        </>
      )}
    </Picker>
  );
}

function assignees({ live }: WorkspaceHere) {
  const active = [...live.list("members").peek().values()].filter(
    ({ disabled_at }) => !disabled_at,
  );
  const people = active.map(memberOption);
  return [{ value: "none", name: t.unassigned }, ...people];
}

/** Days are those of the reader's own calendar. */
function DueFact({ task, change }: Props) {
  const today = localDate(minute.value);
  const isLate = task.due_on !== null && !task.closed_at && task.due_on < today;
  const late = isLate ? t.overdueSince({ date: dateWords(task.due_on ?? "", today) }) : undefined;
  return (
    <DateFact
      name={t.due}
      date={task.due_on}
      late={late}
      change={(due_on, over) => void change({ due_on }, { due_on: over })}
    />
  );
}

function LabelsFact({ task, change }: Props) {
  const here = useWorkspace();
  const { labels } = task;
  const toggle = (label: string) =>
    void change({
      labels: labels.includes(label)
        ? labels.filter((other) => other !== label)
        : [...labels, label],
    });
  return (
    <Picker
      class="fact-button"
      label={t.labels}
      title={t.labelsAre({ labels: labels.length > 0 ? labels.join(", ") : common.none })}
      many
      chosen={new Set(labels)}
      options={() => knownLabels(here)}
      onPick={toggle}
      onCreate={toggle}
    >
      {labels.length === 0 ? (
        <>
          <Icon of={Tag} />
          <span class="quiet">{common.none}</span>
        </>
      ) : (
        <span class="fact-labels">
          {labels.flatMap((label) => [
            <span key={label} class="label">
              {label}
            </span>,
            " ",
          ])}
        </span>
      )}
    </Picker>
  );
}

function knownLabels({ live }: WorkspaceHere) {
  const all = [...live.list("tasks").peek().values()].flatMap(({ labels }) => labels);
  return [...new Set(all)]
    .sort((a, b) => a.localeCompare(b))
    .map((name) => ({ value: name, name }));
}

function ParentFact({ task }: Props) {
  const here = useWorkspace();
  const parent = here.live.one("tasks", task.parent_id ?? "").value;
  const options = () => {
    const all = [...here.live.list("tasks").peek().values()].reverse();
    const others = all.filter(
      ({ id, project_id }) => id !== task.id && project_id === task.project_id,
    );
    const shown = others.map(({ id, key, title }) => ({ value: id, name: `${key} ${title}` }));
    return [{ value: "none", name: common.none }, ...shown];
  };
  return (
    <Picker
      class="fact-button"
      label={t.parent}
      title={t.parentIs({ parent: parent ? `${parent.key} ${parent.title}` : common.none })}
      chosen={new Set([task.parent_id ?? "none"])}
      options={options}
      onPick={(id) => void changeParent(here, task, here.live.one("tasks", id).peek() ?? null)}
    >
      <Icon of={CornerLeftUp} />
      {parent ? (
        <span class="ellipsis">
          {parent.key} {parent.title}
        </span>
      ) : (
        <span class="quiet">{common.none}</span>
      )}
    </Picker>
  );
}

function Created({ task }: { task: Task }) {
  const { live } = useWorkspace();
  const facts = {
    name: live.one("members", task.created_by).value?.name ?? "none",
    ago: agoWords(task.created_at, minute.value),
    state: stateWords(task.state),
    duration: durationWords(minute.value - Date.parse(task.state_changed_at)),
  };
  return <p class="quiet made">{t.createdBy(facts)}</p>;
}
