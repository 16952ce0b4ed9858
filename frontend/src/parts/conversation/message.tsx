import t from "locale:conversation";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { BookOpen, Ellipsis, Flame, Link, Pencil, Undo2 } from "lucide";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import { openExplanation } from "../ui/open-dialog";
import { useWorkspace } from "../../live/workspace";
import { AttachmentList } from "../attachments/attachment-list";
import { Avatar } from "../people/avatar";
import { Boundary } from "../ui/boundary";
import { Chip } from "../ui/chip";
import { copy } from "../ui/clipboard";
import { ConditionChip } from "../data/project-condition";
import { Confirm } from "../ui/confirm";
import { Icon } from "../ui/icon";
import { Menu, type MenuItem } from "../ui/menu";
import { Rendered } from "../data/rendered";
import { Button } from "../ui/button";
import { useAction } from "../ui/action";
import { AskLine } from "./ask-line";
import { MessageEdit } from "./message-edit";
import type { Message, MessageList } from "./message-list";
import { answeredWords, reopen } from "./reopen";
import { LocalTime } from "../time/when";
import { isAdmin } from "../../live/documents";

interface RowProps {
  message: Message;
  list: MessageList;
}

/** One message with its author, time, recipients and actions. */
export function MessageRow({ message, list }: RowProps) {
  return (
    <li class="message" id={`message-${message.id}`}>
      <Boundary what={t.thisMessage} of={message}>
        <MessageContent message={message} list={list} />
      </Boundary>
    </li>
  );
}

function MessageContent({ message, list }: RowProps) {
  const editing = useSignal(false);
  const { author, urgent_reason, clarity_reason, condition } = message;
  return (
    <>
      <Avatar of={author} size={28} />
      <div class="message-main">
        <div class="message-head">
          <span class="strong">{author.name}</span>
          <span class="quiet">
            <LocalTime at={message.sent_at} local={message.sent_local} />
            {message.edited_at && !message.withdrawn_at && ` · ${t.edited}`}
          </span>
          {condition && <ConditionChip condition={condition} />}
          {message.urgent && (
            <Chip tone="bad" icon={Flame}>
              {t.urgent}
            </Chip>
          )}
          {!message.withdrawn_at && (
            <MessageActions message={message} list={list} edit={() => (editing.value = true)} />
          )}
        </div>
        {urgent_reason && <p class="quiet">{t.urgentReason({ reason: urgent_reason })}</p>}
        {clarity_reason && <p class="quiet">{t.clarityReason({ reason: clarity_reason })}</p>}
        {editing.value ? (
          <MessageEdit message={message} list={list} close={() => (editing.value = false)} />
        ) : (
          <Body message={message} />
        )}
        <AnsweredLine message={message} />
        {message.asks.length > 0 && (
          <ul class="ask-items" aria-label={t.peopleAsked}>
            {message.asks.map((ask) => (
              <AskLine key={ask.member_id} ask={ask} message={message} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function Body({ message }: { message: Message }) {
  if (message.withdrawn_at)
    return <p class="quiet withdrawn">{t.deletedBy({ name: message.author.name })}</p>;
  return (
    <>
      <Rendered html={message.body_html} />
      <AttachmentList attachments={message.attachments} />
    </>
  );
}

/** What a message of mine answered, while I can reopen it. */
function AnsweredLine({ message: { answers, author } }: { message: Message }) {
  const here = useWorkspace();
  const action = useAction();
  const isMine = author.id === here.live.board.peek()?.me.member_id;
  const until = Date.parse(answers[0]?.reopenable_until ?? "");
  if (!isMine || !(until > minute.value)) return null;
  return (
    <p class="quiet answered-line">
      {answeredWords(here, answers)}
      <Button small kind="quiet" onClick={() => action.run(() => reopen(here, answers))}>
        {t.reopen}
      </Button>
    </p>
  );
}

interface ActsProps {
  message: Message;
  list: MessageList;
  edit: () => void;
}

function MessageActions({ message, list, edit }: ActsProps) {
  const here = useWorkspace();
  const withdrawing = useSignal(false);
  const me = here.live.board.peek()?.me;
  const isMine = message.author.id === me?.member_id;
  const isDirect = here.live.one("topics", message.topic_id).value?.kind === "direct";
  const canWithdraw = isMine || (!isDirect && isAdmin(me?.role));
  const withdraw = async () => {
    const params = here.pathParams({ message_id: message.id });
    const path = "/api/workspaces/{workspace}/messages/{message_id}/withdrawal";
    list.put(await answer(api.PUT(path, { params })));
  };
  const copyLink = () => {
    const address = new URL(
      here.pageUrl(`/topics/${message.topic_id}#message-${message.id}`),
      location.origin,
    );
    void copy(address.href, t.linkCopied);
  };
  const place = {
    name: t.messageBy({ name: message.author.name }),
    at: { message_id: message.id },
  };
  const items: (MenuItem | "line")[] = [{ name: t.copyLink, icon: Link, run: copyLink }];
  if (isMine) items.unshift({ name: common.edit, icon: Pencil, run: edit });
  if (me?.role !== "guest") {
    items.push({ name: t.logExplanation, icon: BookOpen, run: () => openExplanation(place) });
  }
  if (canWithdraw) {
    items.push("line", {
      name: t.deleteMore,
      icon: Undo2,
      danger: true,
      run: () => (withdrawing.value = true),
    });
  }
  return (
    <span class="message-acts">
      <Menu
        class="icon-button"
        label={t.message}
        title={t.moreActions({ name: message.author.name })}
        items={items}
      >
        <Icon of={Ellipsis} />
      </Menu>
      {withdrawing.value && (
        <Confirm
          title={t.deleteMessage}
          action={common.delete}
          run={withdraw}
          close={() => (withdrawing.value = false)}
        >
          {t.deleteConsequences}
        </Confirm>
      )}
    </span>
  );
}
