import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import t from "locale:references";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { newUuid } from "../../api/random-uuid";
import { navigate, query } from "../../router/router";
import { useBoard, useWorkspace } from "../../live/workspace";
import { DateField } from "../../parts/form/date-field";
import { useDraft } from "../../parts/form/draft";
import { Editor } from "../../parts/form/editor";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { useLoaded } from "../../parts/data/loaded";
import { useReading } from "../../parts/notices/reading";
import { Page } from "../../parts/ui/page";
import { Select } from "../../parts/form/select";
import { toast } from "../../parts/ui/toast";
import { NotFound } from "../not-found";
import { halfYearAfter } from "./data";
import { LoadStatus } from "../../parts/data/load-status";
import { localDate } from "../../parts/time/times";
import "./references.css";

interface Start {
  title: string;
  body: string;
}

/** The form for a new reference: blank, from a link to it, or from logged explanations. */
export default function NewReference() {
  const { me } = useBoard();
  const subject = query.value.get("subject");
  const title = query.value.get("title") ?? "";
  useReading("subject_id", subject);
  if (me.role === "guest") return <NotFound />;
  return (
    <Page title={t.newReference} lead={t.newLead}>
      {subject ? <FromSubject subject={subject} /> : <ReferenceForm start={{ title, body: "" }} />}
    </Page>
  );
}

function FromSubject({ subject }: { subject: string }) {
  const here = useWorkspace();
  const path = "/api/workspaces/{workspace}/subjects/{subject_id}/draft";
  const params = here.pathParams({ subject_id: subject });
  const draft = useLoaded(() => answer(api.GET(path, { params })), [here, subject]);
  if (draft.problem.value || !draft.data.value) {
    return <LoadStatus of={draft} what={t.couldNotLoadExplanations} rows={6} />;
  }
  return <ReferenceForm start={draft.data.value} subject={subject} />;
}

function ReferenceForm({ start, subject = null }: { start: Start; subject?: string | null }) {
  const here = useWorkspace();
  const board = useBoard();
  const today = localDate(minute.peek());
  const field = `new-reference:${subject ?? start.title}`;
  const title = useDraft(`${field}:title`, start.title);
  const body = useDraft(field, start.body);
  const isEmpty = useSignal(false);
  const key = useRef(newUuid()).current;
  const owners = useMemo(
    () =>
      [...board.members.values()]
        .filter(({ role, disabled_at }) => role !== "guest" && !disabled_at)
        .sort((a, b) => a.name.localeCompare(b.name)),
    [board.members],
  );
  const send = async (form: FormData) => {
    isEmpty.value = !body.text.peek().trim();
    if (isEmpty.peek()) return;
    const made = await answer(
      api.POST("/api/workspaces/{workspace}/references", {
        params: { ...here.pathParams(), header: { "Idempotency-Key": key } },
        body: {
          title: title.text.peek(),
          body: body.text.peek(),
          owner_id: textOf(form, "owner_id"),
          review_on: textOf(form, "review_on") || null,
          subject_id: subject,
        },
      }),
    );
    title.clear();
    body.clear();
    toast(t.created);
    navigate(here.pageUrl(`/references/${made.id}`), { replace: true });
  };
  return (
    <div class="reference-writing">
      <Form action={t.createReference} send={send}>
        <Field
          name="title"
          label={common.title}
          hint={t.titleHint}
          autoComplete="off"
          required
          maxLength={200}
          draft={title}
        />
        <div class="field">
          <span class="strong" aria-hidden="true">
            {t.text}
          </span>
          <Editor
            label={t.text}
            text={body.text}
            rows={14}
            placeholder={t.textHint}
          />
          {isEmpty.value && (
            <p class="refused" role="alert">
              {t.addText}
            </p>
          )}
        </div>
        <div class="reference-keep">
          <Select
            name="owner_id"
            label={t.owner}
            hint={t.ownerHint}
            value={board.me.member_id}
          >
            {owners.map((member) => (
              <option key={member.id} value={member.id} selected={member.id === board.me.member_id}>
                {member.name}
              </option>
            ))}
          </Select>
          <DateField
            name="review_on"
            label={t.reviewOnOptional}
            hint={t.reviewOnHint}
            value={halfYearAfter(today)}
            min={today}
          />
        </div>
      </Form>
    </div>
  );
}
