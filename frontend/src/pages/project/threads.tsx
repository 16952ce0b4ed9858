import t from "locale:project";
import { useComputed, useSignal } from "@preact/signals";
import { CheckCheck, MessageSquarePlus, MessagesSquare } from "lucide";
import { minute } from "../../api/clock";
import type { Project, Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Section } from "../../parts/ui/facts";
import { Icon } from "../../parts/ui/icon";
import { agoWords } from "../../parts/time/relative-time";
import { NewThread } from "./new-thread";

/** The project's main discussion and its threads. */
export function Threads({ project }: { project: Project }) {
  const { live } = useWorkspace();
  const isNew = useSignal(false);
  const topics = live.list("topics");
  const all = useComputed(() =>
    [...topics.value.values()]
      .filter(({ kind, project_id }) => kind === "discussion" && project_id === project.id)
      .sort((a, b) => Number(b.main) - Number(a.main) || activeAt(b).localeCompare(activeAt(a))),
  ).value;
  const open = all.filter(({ resolved_at }) => !resolved_at);
  const resolved = all.filter(({ resolved_at }) => resolved_at);
  return (
    <Section
      id="discussion"
      title={t.discussion}
      aside={
        !project.archived_at && (
          <Button small kind="quiet" icon={MessageSquarePlus} onClick={() => (isNew.value = true)}>
            {t.newThread}
          </Button>
        )
      }
    >
      <ul class="panel rows" aria-label={t.threads}>
        {open.map((topic) => (
          <ThreadRow key={topic.id} topic={topic} />
        ))}
      </ul>
      {resolved.length > 0 && (
        <details class="fold">
          <summary>{t.resolvedCount({ count: resolved.length })}</summary>
          <ul class="panel rows" aria-label={t.resolvedThreads}>
            {resolved.map((topic) => (
              <ThreadRow key={topic.id} topic={topic} />
            ))}
          </ul>
        </details>
      )}
      {isNew.value && <NewThread project={project} close={() => (isNew.value = false)} />}
    </Section>
  );
}

const activeAt = ({ last_message_at, created_at }: Topic) => last_message_at ?? created_at;

function ThreadRow({ topic }: { topic: Topic }) {
  const here = useWorkspace();
  const { message_count, last_message_at, resolved_at } = topic;
  return (
    <li>
      <span class="quiet thread-icon">
        <Icon of={MessagesSquare} />
      </span>
      <a class="main ellipsis" dir="auto" href={here.pageUrl(`/topics/${topic.id}`)}>
        {topic.title}
      </a>
      {resolved_at && (
        <Chip tone="good" icon={CheckCheck}>
          {t.resolved}
        </Chip>
      )}
      <span class="quiet thread-facts">
        {t.messages({ count: message_count })}
        {last_message_at && ` · ${agoWords(last_message_at, minute.value)}`}
      </span>
    </li>
  );
}
