import { useSignal } from "@preact/signals";
import { Ellipsis, Flag, Pencil, Trash2, TriangleAlert } from "lucide";
import { useRef } from "preact/hooks";
import t from "locale:references";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { navigate } from "../../router/router";
import { useBoard, useWorkspace } from "../../live/workspace";
import { agoWords } from "../../parts/time/relative-time";
import { Button } from "../../parts/ui/button";
import { Confirm } from "../../parts/ui/confirm";
import { useAction } from "../../parts/ui/action";
import { WithSidebar } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { Menu, type MenuItem } from "../../parts/ui/menu";
import { useReading } from "../../parts/notices/reading";
import { Page } from "../../parts/ui/page";
import { Rendered } from "../../parts/data/rendered";
import { saveOverOthers } from "../../live/save";
import { TextEdit } from "../../parts/form/text-edit";
import { toast } from "../../parts/ui/toast";
import { NotFound } from "../not-found";
import { useReferenceRename } from "./change";
import { ReferenceFacts } from "./facts";
import { Answers, LinkedFrom } from "./links";
import { readReference, type ReferenceOut, review, sendEdit, useReference } from "./data";
import { History } from "./history";
import { StaleForm } from "./stale-form";
import { LoadStatus } from "../../parts/data/load-status";
import { isAdmin } from "../../live/documents";
import "./references.css";

const MISSING = 404;

/** One reference: its text, its owner, the questions it answers, and what links to it. */
export default function Reference({ values }: { values: Record<string, string> }) {
  const reference = useReference(values["id"] ?? "");
  const problem = reference.problem.value;
  const shown = reference.data.value;
  if (problem?.status === MISSING || (problem && problem.status < 500 && !shown)) return <NotFound />;
  if (shown) return <Shown reference={shown} reload={reference.reload} />;
  return (
    <Page title={common.reference}>
      <LoadStatus of={reference} what={t.couldNotLoad} rows={6} />
    </Page>
  );
}

interface ShownProps {
  reference: ReferenceOut;
  reload: () => Promise<void>;
}

function Shown({ reference, reload }: ShownProps) {
  const editing = useSignal(false);
  const rename = useReferenceRename(reference, reload);
  useReading("reference_id", reference.id);
  return (
    <Page
      title={reference.title}
      rename={rename}
      aside={<ReferenceActions reference={reference} edit={() => (editing.value = true)} />}
    >
      <WithSidebar
        label={t.details}
        facts={<ReferenceFacts reference={reference} reload={reload} />}
      >
        <StaleNotice reference={reference} reload={reload} />
        {editing.value ? (
          <BodyEdit
            reference={reference}
            close={() => {
              editing.value = false;
              void reload();
            }}
          />
        ) : (
          <article class="reference-text">
            <Rendered html={reference.body_html} />
          </article>
        )}
        <LinkedFrom reference={reference} />
        <Answers reference={reference} />
        <History reference={reference} />
      </WithSidebar>
    </Page>
  );
}

function BodyEdit({ reference, close }: { reference: ReferenceOut; close: () => void }) {
  const here = useWorkspace();
  const begun = useRef(reference).current;
  const send = (body: string, over?: ReferenceOut) =>
    saveOverOthers<ReferenceOut>({
      base: over ?? begun,
      fields: ["body"],
      read: () => readReference(here, begun.id),
      send: (rev) => sendEdit(here, begun.id, rev, { body }),
    });
  return (
    <TextEdit
      label={t.text}
      placeholder={t.textHint}
      field={`reference:${begun.id}`}
      initial={begun.body}
      rows={16}
      save={send}
      textIn={({ body }: ReferenceOut) => body}
      close={close}
    />
  );
}

/** What someone found outdated. An edit or a review clears it. */
function StaleNotice({ reference, reload }: ShownProps) {
  const here = useWorkspace();
  const { members } = useBoard();
  const action = useAction();
  if (reference.stale.length === 0) return null;
  const isRight = async () => {
    await review(here, reference.id, reference.review_on);
    await reload();
    toast(t.markedCorrect);
  };
  return (
    <div class="notice warn doubts">
      <Icon of={TriangleAlert} />
      <ul class="grow" aria-label={t.markedOutdated}>
        {reference.stale.map(({ marked_by, marked_at, reason }) => (
          <li key={marked_by}>
            {t.markedBy({
              name: <strong>{members.get(marked_by)?.name ?? common.someone}</strong>,
              ago: agoWords(marked_at, minute.value),
              reason,
            })}
          </li>
        ))}
      </ul>
      <Button small onClick={() => action.run(isRight)}>
        {t.stillCorrect}
      </Button>
      <RequestError of={action} />
    </div>
  );
}

function ReferenceActions({ reference, edit }: { reference: ReferenceOut; edit: () => void }) {
  const here = useWorkspace();
  const { me } = useBoard();
  const asking = useSignal<"stale" | "delete" | null>(null);
  const close = () => (asking.value = null);
  const canDelete = reference.owner_id === me.member_id || isAdmin(me.role);
  const remove = async () => {
    const params = here.pathParams({ reference_id: reference.id });
    await answer(api.DELETE("/api/workspaces/{workspace}/references/{reference_id}", { params }));
    toast(t.deleted({ title: reference.title }));
    navigate(here.pageUrl("/references"), { replace: true });
  };
  const items: (MenuItem | "line")[] = [
    { name: t.markOutdatedMore, icon: Flag, run: () => (asking.value = "stale") },
  ];
  if (canDelete) {
    const run = () => (asking.value = "delete");
    items.push("line", { name: t.deleteMore, icon: Trash2, danger: true, run });
  }
  return (
    <span class="reference-acts">
      <Button icon={Pencil} onClick={edit}>
        {common.edit}
      </Button>
      <Menu
        class="icon-button"
        label={common.reference}
        title={t.moreActions({ title: reference.title })}
        items={items}
      >
        <Icon of={Ellipsis} />
      </Menu>
      {asking.value === "stale" && <StaleForm reference={reference} close={close} />}
      {asking.value === "delete" && (
        <Confirm
          title={t.deleteReference({ title: reference.title })}
          action={common.delete}
          run={remove}
          close={close}
        >
          {t.deleteMeans}
        </Confirm>
      )}
    </span>
  );
}
