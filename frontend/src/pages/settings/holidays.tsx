import { useSignal } from "@preact/signals";
import t from "locale:settings";
import { answer, api } from "../../api/client";
import type { Calendar } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { unseen } from "../../parts/ui/tags";
import { dateWords } from "../../parts/time/times";
import { useMyToday } from "./my-calendar";
import { LoadStatus } from "../../parts/data/load-status";

const HOLIDAYS = "/api/workspaces/{workspace}/holidays";
const OPT_OUTS = "/api/workspaces/{workspace}/members/{member_id}/holiday-opt-outs";
const OPT_OUT = "/api/workspaces/{workspace}/members/{member_id}/holiday-opt-outs/{holiday_id}";
const CONCERNS = /^(calendar|holidays)/;

/** The public holidays of my place, and those on which I work. */
export function Holidays({ calendar }: { calendar: Calendar }) {
  const here = useWorkspace();
  const today = useMyToday();
  const later = useSignal(0);
  const action = useAction();
  const year = Number(today.slice(0, 4)) + later.value;
  const member = here.pathParams({ member_id: calendar.id });
  const read = () =>
    Promise.all([
      answer(api.GET(HOLIDAYS, { params: { ...here.pathParams(), query: today ? { year } : {} } })),
      answer(api.GET(OPT_OUTS, { params: member })),
    ]);
  const found = useLiveLoaded(read, CONCERNS, [year, calendar.rev]);
  const [holidays = [], optOuts = []] = found.data.value ?? [];
  const working = new Set(optOuts.map(({ id }) => id));
  const work = async (holiday_id: string, works: boolean) => {
    const params = here.pathParams({ member_id: calendar.id, holiday_id });
    await answer(works ? api.PUT(OPT_OUT, { params }) : api.DELETE(OPT_OUT, { params }));
    await found.reload();
  };
  return (
    <Panel
      title={today ? t.publicHolidaysIn({ year: String(year) }) : t.publicHolidays}
      aside={
        <button class="button small" type="button" onClick={() => (later.value = 1 - later.value)}>
          {later.value ? t.thisYear : t.nextYear}
        </button>
      }
    >
      <LoadStatus of={found} rows={1} />
      <RequestError of={action} />
      <ul class="rows" aria-label={t.publicHolidays}>
        {holidays.map(({ id, on, name }) => (
          <li key={id}>
            <span class="main">
              {name} <span class="quiet">{dateWords(on)}</span>
            </span>
            <label class="choice">
              <input
                type="checkbox"
                checked={working.has(id)}
                onChange={({ currentTarget }) =>
                  action.run(() => work(id, currentTarget.checked))
                }
              />
              {t.worksOn({ holiday: name, unseen })}
            </label>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
