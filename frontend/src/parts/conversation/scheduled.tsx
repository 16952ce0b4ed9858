import t from "locale:conversation";
import { CalendarClock, CircleAlert } from "lucide";
import { answer, api } from "../../api/client";
import { minute } from "../../api/clock";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { useAction } from "../ui/action";
import { RequestError } from "../ui/error-notice";
import { useLiveLoaded } from "../data/live-loaded";
import { localNow, timeWords } from "../time/times";

type ScheduledMessage = components["schemas"]["ScheduledOut"];

const LIST = "/api/workspaces/{workspace}/scheduled-messages";

interface Props {
  topicId: string;
  /** Put a text back into the composer. */
  rewrite: (text: string) => void;
}

/** My scheduled messages in this topic. No one else sees them. */
export function Scheduled({ topicId, rewrite }: Props) {
  const here = useWorkspace();
  const waiting = useLiveLoaded(
    () => answer(api.GET(LIST, { params: { ...here.pathParams(), query: { topic: topicId } } })),
    ({ kind, data }) => {
      const { topic_id } = (data["scheduled"] ?? {}) as { topic_id?: string };
      return kind.startsWith("scheduled.") && topic_id === topicId;
    },
    [topicId],
  );
  const messages = waiting.data.value ?? [];
  if (messages.length === 0) return null;
  return (
    <ul class="scheduled" aria-label={t.scheduledMessages}>
      {messages.map((message) => (
        <ScheduledRow key={message.id} message={message} rewrite={rewrite} />
      ))}
    </ul>
  );
}

function ScheduledRow({
  message,
  rewrite,
}: { message: ScheduledMessage } & Pick<Props, "rewrite">) {
  const here = useWorkspace();
  const action = useAction();
  const { id, body, send_at, send_local, failure } = message;
  const when = timeWords(send_local, localNow(send_at, send_local, minute.value));
  const cancelAndEdit = () =>
    action.run(async () => {
      const path = "/api/workspaces/{workspace}/scheduled-messages/{scheduled_id}";
      await answer(api.DELETE(path, { params: here.pathParams({ scheduled_id: id }) }));
      rewrite(body);
    });
  return (
    <li>
      {failure ? (
        <Chip tone="bad" icon={CircleAlert}>
          {t.notSent}
        </Chip>
      ) : (
        <Chip icon={CalendarClock}>{t.scheduledFor({ when })}</Chip>
      )}
      <span class="grow">
        {failure && <>{failure} </>}
        <span class="as-typed">{body}</span>
      </span>
      <Button small onClick={cancelAndEdit}>
        {t.cancelAndEdit}
      </Button>
      <RequestError of={action} />
    </li>
  );
}
