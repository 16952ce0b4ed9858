import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
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

/** Writing something down: from nothing, from a link to it, or from what was explained. */
export default function NewReference() {
  const { me } = useBoard();
  const subject = query.value.get("subject");
  const title = query.value.get("title") ?? "";
  if (me.role === "guest") return <NotFound />;
  return (
    <Page title="Write it down" lead="Short is fine: the answer first, then what helps.">
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
    return <LoadStatus of={draft} what="What was explained could not be read." rows={6} />;
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
    toast("Written down");
    navigate(here.pageUrl(`/references/${made.id}`), { replace: true });
  };
  return (
    <div class="reference-writing">
      <Form action="Save the reference" send={send}>
        <Field
          name="title"
          label="Title"
          hint="As somebody would ask for it. [[Title]] in any text links to it."
          autoComplete="off"
          required
          maxLength={200}
          draft={title}
        />
        <div class="field">
          <span class="strong" aria-hidden="true">
            Text
          </span>
          <Editor
            label="Text"
            text={body.text}
            rows={14}
            placeholder="The answer, in a few sentences. Markdown; [[ for references, # for tasks."
          />
          {isEmpty.value && (
            <p class="refused" role="alert">
              Write the answer first.
            </p>
          )}
        </div>
        <div class="reference-keep">
          <Select name="owner_id" label="Owner" hint="Sees to it that it stays true." value={board.me.member_id}>
            {owners.map((member) => (
              <option key={member.id} value={member.id} selected={member.id === board.me.member_id}>
                {member.name}
              </option>
            ))}
          </Select>
          <DateField
            name="review_on"
            label="Look at it again on"
            hint="On their Today then."
            value={halfYearAfter(today)}
            min={today}
          />
        </div>
      </Form>
    </div>
  );
}
