import t from "locale:direct";
import common from "locale:common";
import { MessageSquare, Plus } from "lucide";
import { openMessage } from "../../parts/ui/open-dialog";
import { navigate } from "../../router/router";
import { type ListNavigation, rowProps, useListNavigation } from "../../keys/list-navigation";
import type { Board, Member, Timer, Topic } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { Countdown } from "../../parts/time/countdown";
import { Empty } from "../../parts/ui/empty";
import { KeyHint } from "../../parts/ui/key-hint";
import { Page } from "../../parts/ui/page";
import { inOrder, openTimersOf } from "./order";
import "./direct.css";

/** My direct conversations: those with open asks first, then the latest. */
export default function Direct() {
  const here = useWorkspace();
  const board = useBoard();
  const timers = openTimersOf(board);
  const topics = inOrder(board, timers);
  const list = useListNavigation({
    ids: () => topics.map(({ id }) => id),
    group: t.conversations,
    open: (id) => navigate(here.pageUrl(`/topics/${id}`)),
  });
  return (
    <Page
      title={t.direct}
      lead={t.lead}
      aside={
        <Button icon={Plus} onClick={() => openMessage()}>
          {t.newMessage} <KeyHint keys="m" />
        </Button>
      }
    >
      {topics.length === 0 && (
        <Empty icon={MessageSquare} title={t.noConversations}>
          {t.noConversationsHint}
        </Empty>
      )}
      {topics.length > 0 && (
        <ul class="panel rows conversations" aria-label={t.conversations}>
          {topics.map((topic) => (
            <Row key={topic.id} topic={topic} timers={timers.get(topic.id) ?? []} list={list} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Row({ topic, timers, list }: { topic: Topic; timers: readonly Timer[]; list: ListNavigation }) {
  const here = useWorkspace();
  const board = useBoard();
  const others = othersIn(topic, board);
  return (
    <li>
      <span class="faces">
        {others.slice(0, 3).map((member) => (
          <Avatar key={member.id} of={member} size={24} />
        ))}
      </span>
      <a
        class="main ellipsis"
        dir="auto"
        href={here.pageUrl(`/topics/${topic.id}`)}
        {...rowProps(list, topic.id)}
      >
        {topic.title}
      </a>
      {topic.resolved_at && <span class="quiet">{t.resolved}</span>}
      {timers.map((timer) => (
        <span key={timer.id} class="owes">
          <span class="quiet">{askedWords(timer, board)}</span>
          <Countdown timer={timer} />
        </span>
      ))}
      <span class="quiet count-of">{t.messages({ count: topic.message_count })}</span>
    </li>
  );
}

function othersIn(topic: Topic, board: Board): Member[] {
  return topic.participants
    .filter((id) => id !== board.me.member_id)
    .map((id) => board.members.get(id))
    .filter((member) => member !== undefined);
}

/** `Sam asked you`, `You asked Sam`, `Noor asked Sam`. */
function askedWords({ recipient_id, author_id }: Timer, board: Board): string {
  const me = board.me.member_id;
  const first = (id: string) => board.members.get(id)?.name.split(" ")[0];
  const author = first(author_id) ?? common.someone;
  if (recipient_id === me) return t.someoneAskedYou({ name: author });
  const name = first(recipient_id) ?? "none";
  return author_id === me ? t.youAsked({ name }) : t.someoneAsked({ author, name });
}
