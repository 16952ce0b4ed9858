import t from "locale:decision";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { navigate } from "../../router/router";
import { useBoard, useWorkspace } from "../../live/workspace";
import { DateField } from "../../parts/form/date-field";
import { Dialog } from "../../parts/ui/dialog";
import { useDraft } from "../../parts/form/draft";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { Select } from "../../parts/form/select";
import { toast } from "../../parts/ui/toast";
import { CancelButton } from "../../parts/ui/cancel-button";
import type { DecisionProps } from "./data";

const MAKE = "/api/workspaces/{workspace}/decisions/{key}/tasks";

/** A task that the outcome asks for; it says where it comes from. */
export function OutcomeTaskDialog({ decision, close }: DecisionProps & { close: () => void }) {
  const here = useWorkspace();
  const { members } = useBoard();
  const draft = useDraft(`outcome-task:${decision.id}`);
  const active = [...members.values()].filter(({ disabled_at }) => !disabled_at);
  const send = async (form: FormData) => {
    const body = {
      title: textOf(form, "title").trim(),
      assignee_id: textOf(form, "assignee_id") || null,
      due_on: textOf(form, "due_on") || null,
    };
    const made = await answer(api.POST(MAKE, { params: here.pathParams({ key: decision.key }), body }));
    draft.clear();
    toast(t.taskCreated({ key: made.key }), {
      action: { name: t.openTask, run: () => navigate(here.pageUrl(`/tasks/${made.key}`)) },
    });
    close();
  };
  return (
    <Dialog title={t.createTaskFrom({ key: decision.key })} close={close}>
      <Form send={send} action={t.createTask} aside={<CancelButton close={close} />}>
        <p class="quiet">{decision.is_public ? t.taskQuotes : t.taskNames}</p>
        <Field
          name="title"
          label={common.title}
          required
          maxLength={200}
          autoComplete="off"
          defaultValue={draft.text.peek()}
          onInput={({ currentTarget }) => (draft.text.value = currentTarget.value)}
        />
        <Select name="assignee_id" label={t.assignee}>
          <option value="">{t.unassigned}</option>
          {active.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <DateField name="due_on" label={t.dueDateOptional} />
      </Form>
    </Dialog>
  );
}
