import t from "locale:account";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { useLoaded } from "../../parts/data/loaded";
import { Panel } from "../../parts/ui/panel";
import {
  type Group,
  groupEvents,
  originWords,
  type SecurityEvent,
  securityWords,
} from "./security-words";
import { clockOf, dateWords, localDate } from "../../parts/time/times";

const PATH = "/api/account/security-events";
const AT_ONCE = 20;

function read(cursor: string | null) {
  const query = { limit: AT_ONCE, ...(cursor ? { cursor } : {}) };
  return pageOf(api.GET(PATH, { params: { query } }));
}

/** What happened to my account, latest first, so that I notice what wasn't me. */
export function SecurityEvents() {
  const earlier = useSignal<readonly SecurityEvent[]>([]);
  const next = useSignal<string | null>(null);
  const latest = useLoaded(async () => {
    const page = await read(null);
    earlier.value = [];
    next.value = page.next;
    return page.items;
  });
  const reading = useAction();
  const more = async () => {
    const page = await read(next.peek());
    earlier.value = [...earlier.peek(), ...page.items];
    next.value = page.next;
  };
  const groups = groupEvents([...(latest.data.value ?? []), ...earlier.value]);
  return (
    <Panel title={t.securityEvents}>
      <p class="quiet panel-body">
        {t.unrecognized}
      </p>
      <RequestError of={latest} />
      <ul class="rows" aria-label={t.securityEvents}>
        {groups.map((group) => (
          <EventRow key={group.latest.id} group={group} />
        ))}
      </ul>
      <RequestError of={reading} />
      {next.value && (
        <div class="panel-body">
          <Button small kind="quiet" onClick={() => reading.run(more)}>
            {common.showMore}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function EventRow({ group: { latest, times } }: { group: Group }) {
  const facts = [latest.workspace, timeWords(latest.at), originWords(latest)].filter(Boolean);
  return (
    <li>
      <span class="main">
        {times > 1
          ? t.repeated({ event: securityWords(latest), count: times })
          : securityWords(latest)}
      </span>
      <span class="quiet">{facts.join(" · ")}</span>
    </li>
  );
}

/** An instant on this device's clock: `Fri 27 Nov 14:02`. */
function timeWords(at: string): string {
  const local = new Date(at).toLocaleString("sv-SE");
  const today = localDate(Date.now());
  return `${dateWords(local.slice(0, 10), today)} ${clockOf(local)}`;
}
