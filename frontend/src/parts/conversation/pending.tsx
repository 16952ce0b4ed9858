import t from "locale:conversation";
import common from "locale:common";
import { useWorkspace } from "../../live/workspace";
import type { Send } from "../../live/outbox";
import { Avatar } from "../people/avatar";
import { Button } from "../ui/button";
import { refusedMessage } from "./refused-message";
import "./conversation.css";

interface Props {
  where: string;
  /** Put a refused text back into the composer. */
  rewrite: (text: string) => void;
}

/** My messages here that wait for the server or were refused. */
export function Pending({ where, rewrite }: Props) {
  const { outbox } = useWorkspace();
  const mine = outbox.sends.value.filter((send) => send.where === where);
  return mine.map((send) => <PendingRow key={send.key} send={send} rewrite={rewrite} />);
}

function PendingRow({ send, rewrite }: { send: Send } & Pick<Props, "rewrite">) {
  const { live, outbox } = useWorkspace();
  const me = live.one("members", live.board.peek()?.me.member_id ?? "").value;
  const message = send.body as Parameters<typeof refusedMessage>[0];
  const { body } = message;
  const refused = send.refused && refusedMessage(message, send.refused);
  const again = () => {
    outbox.discard(send.key);
    rewrite(body);
  };
  return (
    <li class="message pending">
      {me && <Avatar of={me} size={28} />}
      <div class="message-main">
        <div class="message-head">
          <span class="strong">{me?.name}</span>
          {!refused && (
            <span class="quiet" role="status">
              {live.status.value === "live" ? t.sending : t.sendsLater}
            </span>
          )}
        </div>
        <p class="as-typed">{body}</p>
        {refused && (
          <div class="message-refused" role="alert">
            <span>{t.notSentBecause({ reason: refused.words })}</span>
            <Button small onClick={() => void outbox.retry(send.key, refused.mended ?? undefined)}>
              {refused.mended ? common.sendAnyway : common.tryAgain}
            </Button>
            <Button small onClick={again}>
              {t.editMessage}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}
