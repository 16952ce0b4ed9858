import t from "locale:topic";
import common from "locale:common";
import { useComputed } from "@preact/signals";
import { Bell, BellOff, CheckCheck, RotateCcw } from "lucide";
import { useEffect } from "preact/hooks";
import { navigate } from "../../router/router";
import { answer, api } from "../../api/client";
import type { Topic as TopicCard } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Conversation } from "../../parts/conversation/conversation";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { useMute } from "../../parts/notices/mute";
import { useReading } from "../../parts/notices/reading";
import { Page } from "../../parts/ui/page";
import { list } from "../../text/format";
import { NotFound } from "../not-found";
import { useRename } from "./rename";

/** One conversation: a thread of a project, an update, or a direct one. Those of tasks are on their pages. */
export default function Topic({ values }: { values: Record<string, string> }) {
  const { live } = useWorkspace();
  const topic = live.one("topics", values["id"] ?? "").value;
  if (!topic) return <NotFound />;
  if (topic.kind === "task") return <RedirectToTask topic={topic} />;
  if (topic.kind === "decision") return <RedirectToDecision topic={topic} />;
  return <TopicPage key={topic.id} topic={topic} />;
}

/** A decision’s comments are on its page. A decided one is on no board. */
function RedirectToDecision({ topic }: { topic: TopicCard }) {
  const here = useWorkspace();
  const decision = useComputed(() => {
    const all = here.live.list("decisions").value.values();
    return [...all].find(({ topic_id }) => topic_id === topic.id);
  }).value;
  useRedirect(decision && here.pageUrl(`/decisions/${decision.key}`));
  return decision ? null : <TopicPage key={topic.id} topic={topic} />;
}

function RedirectToTask({ topic }: { topic: TopicCard }) {
  const here = useWorkspace();
  const task = useComputed(() => {
    const all = here.live.list("tasks").value.values();
    return [...all].find(({ topic_id }) => topic_id === topic.id);
  }).value;
  useRedirect(task && here.pageUrl(`/tasks/${task.key}`));
  return task ? null : <NotFound />;
}

/** Show that page instead, at the same message. */
function useRedirect(url: string | undefined): void {
  useEffect(() => {
    if (url) navigate(url + location.hash, { replace: true });
  }, [url]);
}

const EMPTY: Record<TopicCard["kind"], () => string> = {
  direct: () => t.noMessages,
  discussion: () => t.noDiscussion,
  update: () => t.noReplies,
  task: () => "",
  decision: () => t.noComments,
};

function TopicPage({ topic }: { topic: TopicCard }) {
  const { live } = useWorkspace();
  const rename = useRename(topic);
  const action = useAction();
  const me = live.board.peek()?.me;
  useReading("topic_id", topic.id);
  const canManage = me?.role !== "guest" || topic.created_by === me.member_id;
  return (
    <Page
      title={topic.title}
      lead={<Lead topic={topic} />}
      rename={canManage && topic.kind === "discussion" && !topic.main ? rename : undefined}
      aside={<Resolution topic={topic} canEdit={canManage} action={action} />}
    >
      <RequestError of={action} />
      <Conversation
        topic={topic}
        label={topic.kind === "direct" ? t.writeMessage : t.replyIn({ topic: topic.title })}
        empty={EMPTY[topic.kind]()}
      />
    </Page>
  );
}

interface ResolutionProps {
  topic: TopicCard;
  canEdit: boolean;
  action: ReturnType<typeof useAction>;
}

/** Whether it needs anything more, and saying so; and whether I'm told of it. */
function Resolution({ topic, canEdit, action }: ResolutionProps) {
  const here = useWorkspace();
  const path = "/api/workspaces/{workspace}/topics/{topic_id}/resolution";
  const params = here.pathParams({ topic_id: topic.id });
  const { isMuted, toggle } = useMute({ list: "muted_topics", id: topic.id, name: topic.title });
  const isResolved = topic.resolved_at !== null;
  const turn = () =>
    action.run(async () => {
      await answer(isResolved ? api.DELETE(path, { params }) : api.PUT(path, { params }));
    });
  return (
    <span class="topic-acts">
      {isResolved && (
        <Chip tone="good" icon={CheckCheck}>
          {t.resolved}
        </Chip>
      )}
      {canEdit && (
        <Button small icon={isResolved ? RotateCcw : CheckCheck} onClick={turn}>
          {isResolved ? t.reopen : t.resolve}
        </Button>
      )}
      <Button small kind="quiet" icon={isMuted ? Bell : BellOff} onClick={() => action.run(toggle)}>
        {isMuted ? common.unmute : common.mute}
      </Button>
    </span>
  );
}

function Lead({ topic }: { topic: TopicCard }) {
  const here = useWorkspace();
  const project = here.live.one("projects", topic.project_id ?? "").value;
  if (topic.kind === "direct") {
    const names = topic.participants.map(
      (id) => here.live.one("members", id).value?.name ?? common.someoneInSentence,
    );
    return <>{t.directBetween({ names: list(names) })}</>;
  }
  if (!project) return null;
  const link = <a href={here.pageUrl(`/projects/${project.key}`)}>{project.name}</a>;
  return <>{topic.kind === "update" ? t.updateOn({ project: link }) : t.discussionIn({ project: link })}</>;
}
