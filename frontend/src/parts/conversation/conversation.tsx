import t from "locale:conversation";
import { ArrowDown } from "lucide";
import { useEffect } from "preact/hooks";
import type { Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../ui/button";
import { useDraft } from "../form/draft";
import { ErrorNotice } from "../ui/error-notice";
import { Skeleton } from "../ui/skeleton";
import { Composer } from "./composer";
import { type MessageList, useMessages } from "./message-list";
import { MessageRow } from "./message";
import { useUnseenMessages } from "./unseen-messages";
import { Pending } from "./pending";
import { Scheduled } from "./scheduled";
import { useMyCity } from "../time/when";
import "./conversation.css";

interface Props {
  topic: Topic;
  /** The name of the composer: `Comment on WEB-3`. */
  label: string;
  placeholder?: string;
  /** The label of its button. */
  action?: string;
  /** Shown while there are no messages. */
  empty: string;
}

/** The messages of a topic, kept current, and the composer for another one. */
export function Conversation({ topic, label, placeholder, action = t.send, empty }: Props) {
  const here = useWorkspace();
  const list = useMessages(topic.id);
  const messages = list.messages.value;
  const unseen = useUnseenMessages(messages, here.live.board.peek()?.me.member_id ?? "");
  const draft = useDraft(`comment:${topic.id}`);
  const city = useMyCity();
  const rewrite = (text: string) => {
    draft.text.value = draft.text.peek() ? `${draft.text.peek()}\n\n${text}` : text;
  };
  const sent = (answered: Promise<unknown>) => {
    requestAnimationFrame(unseen.show);
    void answered.then((message) => list.put(message as Parameters<MessageList["put"]>[0]));
  };
  const isRead = messages !== null;
  useEffect(() => {
    if (isRead) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isRead]);
  return (
    <div class="conversation">
      <EarlierButton list={list} />
      <LoadError list={list} />
      {!messages && !list.problem.value && <Skeleton rows={3} />}
      {messages?.length === 0 && <p class="quiet nothing-said">{empty}</p>}
      <ol class="messages" aria-label={t.messages}>
        {messages?.map((message) => (
          <MessageRow key={message.id} message={message} list={list} />
        ))}
        <Pending where={topic.id} rewrite={rewrite} />
      </ol>
      <div ref={unseen.end} />
      {unseen.unseen.value > 0 && (
        <div class="newest">
          <Button kind="primary" small icon={ArrowDown} onClick={unseen.show}>
            {t.newMessages({ count: unseen.unseen.value })}
          </Button>
        </div>
      )}
      <Scheduled topicId={topic.id} rewrite={rewrite} />
      <Composer
        draft={draft}
        field={`comment:${topic.id}`}
        label={label}
        placeholder={placeholder ?? t.placeholder}
        action={action}
        place={{ topic: topic.id }}
        path={`/api/workspaces/${here.slug}/topics/${topic.id}/messages`}
        where={topic.id}
        topic={topic}
        sent={sent}
        isMain
      />
      <p class="quiet conversation-zone">{t.timeZone({ city })}</p>
    </div>
  );
}

function EarlierButton({ list }: { list: MessageList }) {
  if (!list.earlier.value) return null;
  return (
    <Button small kind="quiet" onClick={() => void list.readEarlier()}>
      {t.showEarlier}
    </Button>
  );
}

function LoadError({ list }: { list: MessageList }) {
  if (!list.problem.value) return null;
  return (
    <ErrorNotice
      what={t.loadFailed}
      problem={list.problem.value}
      kept={list.messages.value ? t.loadFailedKept : ""}
      retry={() => void list.read()}
    />
  );
}
