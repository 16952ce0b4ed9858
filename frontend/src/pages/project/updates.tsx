import t from "locale:project";
import { useSignal } from "@preact/signals";
import { Megaphone } from "lucide";
import type { components } from "../../api/schema";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { Project, Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { AttachmentList } from "../../parts/attachments/attachment-list";
import { Avatar } from "../../parts/people/avatar";
import { Boundary } from "../../parts/ui/boundary";
import { Button } from "../../parts/ui/button";
import { ConditionChip } from "../../parts/data/project-condition";
import { Pending } from "../../parts/conversation/pending";
import { LocalTime } from "../../parts/time/when";
import { useDraft } from "../../parts/form/draft";
import { Section } from "../../parts/ui/facts";
import { useLivePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { Rendered } from "../../parts/data/rendered";
import { UpdateForm } from "./update-form";
import { LoadStatus } from "../../parts/data/load-status";

type Update = components["schemas"]["UpdateOut"];

const PATH = "/api/workspaces/{workspace}/projects/{key}/updates";

interface Props {
  project: Project;
  canEdit: boolean;
}

/** The latest update, and earlier ones on request. */
export function Updates({ project, canEdit }: Props) {
  const here = useWorkspace();
  const writing = useSignal(false);
  const draft = useDraft(`update:${project.id}`);
  const isLong = useSignal(false);
  const updates = useLivePaged(
    (cursor) => {
      const query = cursor ? { cursor } : {};
      return pageOf(api.GET(PATH, { params: { ...here.pathParams({ key: project.key }), query } }));
    },
    ({ kind, data }) => {
      const topic = data["topic"] as Topic | undefined;
      const isUpdate = topic?.kind === "update" && topic.project_id === project.id;
      return isUpdate && kind.startsWith("message.");
    },
    [project.key],
  );
  const page = updates.data.value;
  const [first, ...others] = page?.items ?? [];
  const isOpen = writing.value || draft.text.value !== "";
  const where = `update:${project.id}`;
  return (
    <Section
      id="updates"
      title={t.updates}
      aside={
        canEdit &&
        !isOpen && (
          <Button small kind="quiet" icon={Megaphone} onClick={() => (writing.value = true)}>
            {t.postUpdate}
          </Button>
        )
      }
    >
      {canEdit && isOpen && (
        <UpdateForm
          project={project}
          draft={draft}
          where={where}
          autofocus={writing.value}
          close={() => (writing.value = false)}
        />
      )}
      <LoadStatus of={updates} rows={2} />
      <ol class="updates" aria-label={t.updates}>
        <Pending
          where={where}
          rewrite={(text) => {
            draft.text.value = text;
          }}
        />
        {first && <UpdateRow update={first} />}
        {isLong.value && others.map((update) => <UpdateRow key={update.topic_id} update={update} />)}
      </ol>
      {page && !first && (
        <p class="quiet">{t.noUpdates}</p>
      )}
      {isLong.value && <ShowMore of={updates} label={t.showEarlierUpdates} />}
      {!isLong.value && others.length > 0 && (
        <Button small kind="quiet" onClick={() => (isLong.value = true)}>
          {page?.next ? t.showEarlierUpdates : t.showEarlier({ count: others.length })}
        </Button>
      )}
    </Section>
  );
}

function UpdateRow({ update }: { update: Update }) {
  return (
    <li class="update">
      <Boundary what={t.thisUpdate} of={update}>
        <UpdateContent update={update} />
      </Boundary>
    </li>
  );
}

function UpdateContent({ update }: { update: Update }) {
  const here = useWorkspace();
  const { message, condition, topic_id } = update;
  const messages = here.live.one("topics", topic_id).value?.message_count ?? 1;
  const replies = Math.max(0, messages - 1);
  return (
    <>
      <Avatar of={message.author} size={28} />
      <div class="message-main">
        <div class="message-head">
          <span class="strong">{message.author.name}</span>
          <span class="quiet">
            <LocalTime at={message.sent_at} local={message.sent_local} />
            {message.edited_at && !message.withdrawn_at && ` · ${t.edited}`}
          </span>
          <ConditionChip condition={condition} />
        </div>
        {message.withdrawn_at ? (
          <p class="quiet">{t.deletedUpdate({ name: message.author.name })}</p>
        ) : (
          <Rendered html={message.body_html} />
        )}
        <AttachmentList attachments={message.attachments} />
        <a href={here.pageUrl(`/topics/${topic_id}`)}>{t.replies({ count: replies })}</a>
      </div>
    </>
  );
}
