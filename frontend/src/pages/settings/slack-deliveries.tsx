import t from "locale:administration";
import { answer, api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { useLivePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { fromNow } from "../../parts/time/relative-time";
import { Panel } from "../../parts/ui/panel";
import { type Delivery, isSettled, type Subscription, TONES } from "./slack-notices";
import { LoadStatus } from "../../parts/data/load-status";

const LIST = "/api/workspaces/{workspace}/deliveries";
const REPEAT = "/api/workspaces/{workspace}/deliveries/{delivery_id}/repeat";
const AT_ONCE = 20;

/** The last messages to channels, with their state and why one failed. Each can be sent again. */
export function SlackDeliveries({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const here = useWorkspace();
  const action = useAction();
  const read = useLivePaged((cursor) => {
    const query = { limit: AT_ONCE, ...(cursor && { cursor }) };
    return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
  }, /^(subscription|timer|task|update)/);
  const names = new Map(subscriptions.map(({ id, name }) => [id, name]));
  const repeat = async ({ id }: Delivery) => {
    await answer(api.POST(REPEAT, { params: here.pathParams({ delivery_id: id }) }));
    await read.reload();
  };
  const held = read.data.value?.items;
  return (
    <Panel
      title={t.recentDeliveries}
      aside={
        <Button small onClick={() => void read.reload()}>
          {t.refresh}
        </Button>
      }
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && <p class="empty">{t.noDeliveries}</p>}
      <ul class="rows" aria-label={t.recentDeliveries}>
        {held?.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            channel={names.get(delivery.subscription_id) ?? t.aChannel}
            repeat={() => action.run(() => repeat(delivery))}
          />
        ))}
      </ul>
      <ShowMore of={read} />
    </Panel>
  );
}

interface RowProps {
  delivery: Delivery;
  channel: string;
  repeat: () => void;
}

function DeliveryRow({ delivery, channel, repeat }: RowProps) {
  const { state, kind, created_at, attempts, last_error } = delivery;
  const notice = t.notice({ kind });
  const sent = t.deliveryTo({ channel, when: fromNow(created_at), count: attempts });
  return (
    <li>
      <Chip tone={TONES[state]}>{t.deliveryState({ state })}</Chip>
      <span class="main">
        {notice}
        <span class="quiet row-more">{last_error ? `${sent} · ${last_error}` : sent}</span>
      </span>
      {isSettled(delivery) && (
        <Button small aria-label={t.resendNotice({ notice, channel })} onClick={repeat}>
          {t.resend}
        </Button>
      )}
    </li>
  );
}
