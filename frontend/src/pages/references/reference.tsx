import { useSignal } from "@preact/signals";
import { Ellipsis, Flag, Pencil, Trash2, TriangleAlert } from "lucide";
import { useRef } from "preact/hooks";
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

/** One reference: its text, who sees to it, what it answers, and where it is linked to. */
export default function Reference({ values }: { values: Record<string, string> }) {
  const reference = useReference(values["id"] ?? "");
  const problem = reference.problem.value;
  const shown = reference.data.value;
  if (problem?.status === MISSING || (problem && problem.status < 500 && !shown)) return <NotFound />;
  if (shown) return <Shown reference={shown} reload={reference.reload} />;
  return (
    <Page title="Reference">
      <LoadStatus of={reference} what="The reference could not be read." rows={6} />
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
  return (
    <Page
      title={reference.title}
      rename={rename}
      aside={<ReferenceActions reference={reference} edit={() => (editing.value = true)} />}
    >
      <WithSidebar
        label="About this reference"
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
      label="Text"
      placeholder="The answer, in a few sentences. Markdown; [[ for references, # for tasks."
      field={`reference:${begun.id}`}
      initial={begun.body}
      rows={16}
      save={send}
      textIn={({ body }: ReferenceOut) => body}
      close={close}
    />
  );
}

/** What someone found wrong; an edit or a look clears it. */
function StaleNotice({ reference, reload }: ShownProps) {
  const here = useWorkspace();
  const { members } = useBoard();
  const action = useAction();
  if (reference.stale.length === 0) return null;
  const isRight = async () => {
    await review(here, reference.id, reference.review_on);
    await reload();
    toast("Marked as right");
  };
  return (
    <div class="notice warn doubts">
      <Icon of={TriangleAlert} />
      <ul class="grow" aria-label="Marked stale">
        {reference.stale.map(({ marked_by, marked_at, reason }) => (
          <li key={marked_by}>
            <strong>{members.get(marked_by)?.name ?? "Somebody"}</strong> marked this stale{" "}
            {agoWords(marked_at, minute.value)}: {reason}
          </li>
        ))}
      </ul>
      <Button small onClick={() => action.run(isRight)}>
        It is right
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
    toast(`“${reference.title}” deleted`);
    navigate(here.pageUrl("/references"), { replace: true });
  };
  const items: (MenuItem | "line")[] = [
    { name: "Mark stale…", icon: Flag, run: () => (asking.value = "stale") },
  ];
  if (canDelete) {
    const run = () => (asking.value = "delete");
    items.push("line", { name: "Delete…", icon: Trash2, danger: true, run });
  }
  return (
    <span class="reference-acts">
      <Button icon={Pencil} onClick={edit}>
        Edit
      </Button>
      <Menu class="icon-button" label="Reference" title="More about this reference" items={items}>
        <Icon of={Ellipsis} />
      </Menu>
      {asking.value === "stale" && <StaleForm reference={reference} close={close} />}
      {asking.value === "delete" && (
        <Confirm title={`Delete “${reference.title}”?`} action="Delete" run={remove} close={close}>
          It goes with its history. Links to it stay in the texts, and lead to where it can be
          written again.
        </Confirm>
      )}
    </span>
  );
}
