import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { fromNow } from "../../parts/time/relative-time";
import { Panel } from "../../parts/ui/panel";
import { type Delivery, isSettled, noticeWords, STATES, type Subscription } from "./slack-words";
import { LoadStatus } from "../../parts/data/load-status";

const LIST = "/api/workspaces/{workspace}/deliveries";
const REPEAT = "/api/workspaces/{workspace}/deliveries/{delivery_id}/repeat";
const SHOWN = 20;

/** The last messages to channels: how far each is, why one failed, and sending it once more. */
export function SlackDeliveries({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const here = useWorkspace();
  const action = useAction();
  const params = { ...here.pathParams(), query: { limit: SHOWN } };
  const read = useLiveLoaded(() => answer(api.GET(LIST, { params })), /^(subscription|timer|task|update)/);
  const names = new Map(subscriptions.map(({ id, name }) => [id, name]));
  const repeat = async ({ id }: Delivery) => {
    await answer(api.POST(REPEAT, { params: here.pathParams({ delivery_id: id }) }));
    await read.reload();
  };
  const held = read.data.value;
  return (
    <Panel
      title="Last deliveries"
      aside={
        <Button small onClick={() => void read.reload()}>
          Read again
        </Button>
      }
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && <p class="empty">Nothing was sent yet.</p>}
      <ul class="rows" aria-label="Last deliveries">
        {held?.map((delivery) => (
          <li key={delivery.id}>
            <Chip tone={STATES[delivery.state][1]}>{STATES[delivery.state][0]}</Chip>
            <span class="main">
              {noticeWords(delivery.kind)}
              <span class="quiet row-more">
                to {names.get(delivery.subscription_id) ?? "a channel"},{" "}
                {fromNow(delivery.created_at)}, {triesWords(delivery.attempts)}
                {delivery.last_error && `: ${delivery.last_error}`}
              </span>
            </span>
            {isSettled(delivery) && (
              <Button
                small
                aria-label={`Send once more: ${noticeWords(delivery.kind)}`}
                onClick={() => action.run(() => repeat(delivery))}
              >
                Send once more
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const triesWords = (tries: number) => (tries === 1 ? "1 try" : `${tries} tries`);
