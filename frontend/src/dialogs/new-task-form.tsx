import t from "locale:dialogs";
import common from "locale:common";
import { type Signal, useSignal } from "@preact/signals";
import { CalendarDays, Folder, UserRound } from "lucide";
import { useRef } from "preact/hooks";
import { answer, api } from "../api/client";
import { newUuid } from "../api/random-uuid";
import type { components } from "../api/schema";
import { useBoard, useWorkspace, type WorkspaceHere } from "../live/workspace";
import { Avatar } from "../parts/people/avatar";
import { CancelButton } from "../parts/ui/cancel-button";
import { Dialog } from "../parts/ui/dialog";
import { useDraft } from "../parts/form/draft";
import { Editor } from "../parts/form/editor";
import { Field } from "../parts/form/field";
import { Form } from "../parts/form/form";
import { Icon } from "../parts/ui/icon";
import { KeyHint } from "../parts/ui/key-hint";
import { Menu } from "../parts/ui/menu";
import { Picker } from "../parts/ui/picker";
import {
  PRIORITIES,
  type Priority,
  PriorityIcon,
  priorityWords,
  type State,
  StateIcon,
  STATES,
  stateWords,
} from "../parts/data/task-words";
import { StableInput } from "../parts/form/stable-input";
import { toast } from "../parts/ui/toast";
import type { NewTaskStart } from "../parts/ui/open-dialog";
import { navigate } from "../router/router";
import { memberOption } from "../parts/people/member-option";
import { NoProjectDialog, useProjectChoice } from "./project-choice";

type TaskIn = components["schemas"]["TaskIn"];

const LIST = "/api/workspaces/{workspace}/tasks";

/** The dialog for a new task. What is typed is kept until the task is created. */
export default function NewTaskForm({ start, close }: { start: NewTaskStart; close: () => void }) {
  const here = useWorkspace();
  const project = useProjectChoice(start.project);
  const form = useRef<HTMLDivElement>(null);
  const title = useDraft("new-task:title", "");
  const context = useDraft("new-task:context", "");
  const key = useRef(newUuid()).current;
  const fields: Fields = {
    project: project.chosen,
    state: useSignal(start.state ?? "todo"),
    priority: useSignal(start.priority ?? "normal"),
    assignee_id: useSignal(start.assignee_id ?? null),
    due_on: useSignal(""),
  };
  if (project.open.length === 0) {
    return <NoProjectDialog title={t.newTask} close={close} />;
  }
  const send = async () => {
    const body = bodyOf(fields, title.text.value, context.text.value, start.parent ?? null);
    await createTask(here, body, key);
    project.remember();
    title.clear();
    context.clear();
    close();
  };
  const submit = () => form.current?.querySelector("form")?.requestSubmit();
  return (
    <Dialog title={t.newTask} close={close} wide>
      <div ref={form} onKeyDown={(event) => isSend(event) && submit()}>
        <Form action={t.createTask} send={send} aside={<FormEnd close={close} />}>
          <Field
            name="title"
            label={t.title}
            autoComplete="off"
            required
            maxLength={300}
            draft={title}
          />
          <Editor
            label={t.context}
            text={context.text}
            placeholder={t.contextHint}
            rows={4}
          />
          <p class="quiet">{t.mentionsAskNoOne}</p>
          <TaskChoices fields={fields} />
        </Form>
      </div>
    </Dialog>
  );
}

function FormEnd({ close }: { close: () => void }) {
  return (
    <>
      <CancelButton close={close} />
      <KeyHint keys="$mod+Enter" />
    </>
  );
}

const isSend = (event: KeyboardEvent) =>
  event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented;

interface Fields {
  project: Signal<string>;
  state: Signal<State>;
  priority: Signal<Priority>;
  assignee_id: Signal<string | null>;
  due_on: Signal<string>;
}

function bodyOf(fields: Fields, title: string, context: string, parent: string | null): TaskIn {
  return {
    project: fields.project.value,
    title,
    state: fields.state.value,
    priority: fields.priority.value,
    assignee_id: fields.assignee_id.value,
    due_on: fields.due_on.value || null,
    parent,
    context,
  } as TaskIn;
}

/** Create the task, or queue it while the server can't be reached. */
async function createTask(here: WorkspaceHere, body: TaskIn, key: string): Promise<void> {
  const { title } = body;
  if (here.live.status.peek() !== "live") {
    const path = `/api/workspaces/${here.slug}/tasks`;
    void here.outbox.send({ path, body, label: t.taskNamed({ title }), where: "tasks" });
    toast(t.taskQueued({ title }));
    return;
  }
  const params = { ...here.pathParams(), header: { "Idempotency-Key": key } };
  const { key: created } = await answer(api.POST(LIST, { params, body }));
  const action = { name: t.openTask, run: () => navigate(here.pageUrl(`/tasks/${created}`)) };
  toast(t.taskCreated({ key: created }), { action });
}

function TaskChoices({ fields }: { fields: Fields }) {
  const here = useWorkspace();
  const { members, projects } = useBoard();
  const project = [...projects.values()].find(({ key }) => key === fields.project.value);
  const assignee = members.get(fields.assignee_id.value ?? "");
  const { priority, state } = fields;
  return (
    <div class="chooser">
      <Picker
        label={t.project}
        title={t.projectIs({ name: project?.name ?? common.none })}
        class="button small"
        chosen={new Set([fields.project.value])}
        options={() => projectOptions(here)}
        onPick={(key) => (fields.project.value = key)}
      >
        <Icon of={Folder} size={14} />
        {project?.name ?? t.project}
      </Picker>
      <Menu
        label={t.state}
        class="button small"
        items={STATES.map(([value, name, icon]) => ({
          name,
          icon,
          checked: value === state.value,
          run: () => (state.value = value),
        }))}
      >
        <StateIcon state={state.value} />
        {stateWords(state.value)}
      </Menu>
      <Menu
        label={t.priority}
        class="button small"
        items={PRIORITIES.map(([value, name, icon]) => ({
          name,
          icon,
          checked: value === priority.value,
          run: () => (priority.value = value),
        }))}
      >
        <PriorityIcon priority={priority.value} />
        {priorityWords(priority.value)}
      </Menu>
      <Picker
        label={t.assignee}
        title={t.assigneeIs({ name: assignee?.name ?? t.unassigned })}
        class="button small"
        chosen={new Set([fields.assignee_id.value ?? "none"])}
        options={() => memberOptions(here)}
        onPick={(id) => (fields.assignee_id.value = id === "none" ? null : id)}
      >
        {assignee ? <Avatar of={assignee} /> : <Icon of={UserRound} size={14} />}
        {assignee?.name ?? t.unassigned}
      </Picker>
      <label class="button small">
        <Icon of={CalendarDays} size={14} />
        <span class="unseen">{t.dueDate}</span>
        <StableInput
          type="date"
          class="bare"
          value={fields.due_on.value}
          onChange={({ currentTarget }) => (fields.due_on.value = currentTarget.value)}
        />
      </label>
    </div>
  );
}

function projectOptions({ live }: WorkspaceHere) {
  const open = [...live.list("projects").peek().values()].filter(({ archived_at }) => !archived_at);
  return open.map(({ key, name }) => ({ value: key, name, words: key }));
}

function memberOptions({ live }: WorkspaceHere) {
  const all = [...live.list("members").peek().values()].filter(({ disabled_at }) => !disabled_at);
  const people = all.map(memberOption);
  return [{ value: "none", name: t.unassigned }, ...people];
}
