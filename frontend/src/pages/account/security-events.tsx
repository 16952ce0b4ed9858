import t from "locale:account";
import { api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { RequestError } from "../../parts/ui/error-notice";
import { usePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { Panel } from "../../parts/ui/panel";
import {
  type Group,
  groupEvents,
  originWords,
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
  const events = usePaged(read);
  const groups = groupEvents(events.data.value?.items ?? []);
  return (
    <Panel title={t.securityEvents}>
      <p class="quiet panel-body">
        {t.unrecognized}
      </p>
      <RequestError of={events} />
      <ul class="rows" aria-label={t.securityEvents}>
        {groups.map((group) => (
          <EventRow key={group.latest.id} group={group} />
        ))}
      </ul>
      <ShowMore of={events} />
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
