import t from "locale:project";
import { useRef } from "preact/hooks";
import { answer, api } from "../../api/client";
import { newUuid } from "../../api/random-uuid";
import { navigate } from "../../router/router";
import { useBoard, useWorkspace } from "../../live/workspace";
import { DateField } from "../../parts/form/date-field";
import { useDerivedField } from "../../parts/form/derived-field";
import { useDraft } from "../../parts/form/draft";
import { Editor } from "../../parts/form/editor";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { keyOf } from "../../parts/people/names";
import { Select } from "../../parts/form/select";
import { toast } from "../../parts/ui/toast";

/** The form for a new project: its name, key, purpose, lead and dates. */
export function ProjectForm({ close }: { close: () => void }) {
  const here = useWorkspace();
  const board = useBoard();
  const name = useDraft("new-project:name");
  const purpose = useDraft("new-project:purpose");
  const key = useDerivedField(keyOf, name.text.peek());
  const idempotency = useRef(newUuid()).current;
  const shown = key.value.toUpperCase() || "ABC";
  const leads = [...board.members.values()].filter(
    ({ role, disabled_at }) => role !== "guest" && !disabled_at,
  );
  const send = async (form: FormData) => {
    const body = {
      name: textOf(form, "name"),
      key: textOf(form, "key"),
      purpose: purpose.text.peek().trim(),
      lead_id: textOf(form, "lead_id") || null,
      starts_on: textOf(form, "starts_on") || null,
      due_on: textOf(form, "due_on") || null,
    };
    const params = { ...here.pathParams(), header: { "Idempotency-Key": idempotency } };
    const made = await answer(api.POST("/api/workspaces/{workspace}/projects", { params, body }));
    name.clear();
    purpose.clear();
    close();
    toast(t.created({ name: made.name }));
    navigate(here.pageUrl(`/projects/${made.key}`));
  };
  return (
    <Form action={t.createProject} send={send}>
      <Field
        name="name"
        label={t.name}
        autoComplete="off"
        required
        maxLength={200}
        draft={name}
        onInput={({ currentTarget }) => key.follow(currentTarget.value)}
      />
      <Field
        name="key"
        label={t.key}
        autoComplete="off"
        autoCapitalize="characters"
        spellcheck={false}
        required
        maxLength={10}
        pattern="[A-Za-z][A-Za-z0-9]{1,9}"
        title={t.keyRule}
        value={key.value}
        onInput={(event) => key.type(event.currentTarget.value)}
        hint={t.keyHint({ key: shown })}
      />
      <div class="field">
        <span class="strong" aria-hidden="true">
          {t.purposeOptional}
        </span>
        <Editor
          label={t.purposeOptional}
          text={purpose.text}
          placeholder={t.purposeHint}
        />
      </div>
      <Select name="lead_id" label={t.lead} value={board.me.member_id}>
        <option value="">{t.noLead}</option>
        {leads.map((member) => (
          <option key={member.id} value={member.id}>
            {member.name}
          </option>
        ))}
      </Select>
      <div class="project-dates">
        <DateField name="starts_on" label={t.startsOptional} />
        <DateField name="due_on" label={t.endsOptional} />
      </div>
    </Form>
  );
}
