import { useSignal } from "@preact/signals";
import t from "locale:settings";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { pageOf } from "../../api/pages";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { Dialog } from "../../parts/ui/dialog";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLivePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { Panel } from "../../parts/ui/panel";
import { dateWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import { useMyToday } from "./my-calendar";
import { type TimeOff, TimeOffForm } from "./time-off-form";
import { LoadStatus } from "../../parts/data/load-status";

const LIST = "/api/workspaces/{workspace}/members/{member_id}/time-off";
const ONE = "/api/workspaces/{workspace}/members/{member_id}/time-off/{time_off_id}";

/** When I am off, and who stands in for me. */
export function TimeOffSection() {
  const here = useWorkspace();
  const { me, members } = useBoard();
  const { member_id } = me;
  const today = useMyToday();
  const editing = useSignal<TimeOff | "new" | null>(null);
  const action = useAction();
  const read = useLivePaged(
    (cursor) => {
      const query = { ...(today && { since: today }), ...(cursor && { cursor }) };
      return pageOf(api.GET(LIST, { params: { ...here.pathParams({ member_id }), query } }));
    },
    /^calendar/,
    [member_id, today],
  );
  const remove = async ({ id }: TimeOff) => {
    await answer(api.DELETE(ONE, { params: here.pathParams({ member_id, time_off_id: id }) }));
    toast(t.timeOffRemoved);
    await read.reload();
  };
  const standInOf = ({ cover_id }: TimeOff) =>
    cover_id && t.standInIs({ name: members.get(cover_id)?.name ?? common.someoneInSentence });
  const held = read.data.value?.items;
  return (
    <Panel
      title={t.timeOff}
      aside={<Button onClick={() => (editing.value = "new")}>{t.addTimeOff}</Button>}
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title={t.noTimeOff}>{t.timeOffMeans}</Empty>
      )}
      <ul class="rows" aria-label={t.timeOff}>
        {held?.map((off) => (
          <li key={off.id}>
            <span class="main">
              {spanWords(off, today)}
              <span class="quiet row-more">
                {[off.reason, standInOf(off)].filter(Boolean).join(" · ")}
              </span>
            </span>
            <Button
              small
              aria-label={t.editNamed({ name: spanWords(off, today) })}
              onClick={() => (editing.value = off)}
            >
              {common.edit}
            </Button>
            <Button
              small
              kind="quiet"
              aria-label={t.removeNamed({ name: spanWords(off, today) })}
              onClick={() => action.run(() => remove(off))}
            >
              {common.remove}
            </Button>
          </li>
        ))}
      </ul>
      <ShowMore of={read} />
      {editing.value && (
        <Dialog
          title={editing.value === "new" ? t.addTimeOff : t.editTimeOff}
          close={() => (editing.value = null)}
        >
          <TimeOffForm
            off={editing.value === "new" ? null : editing.value}
            today={today}
            close={() => (editing.value = null)}
            saved={async () => {
              editing.value = null;
              await read.reload();
            }}
          />
        </Dialog>
      )}
    </Panel>
  );
}

/** `Mon 18 May – Fri 22 May`, `Mon 18 May 13:00–15:00`. */
function spanWords({ starts_on, ends_on, starts_time: start, ends_time: end }: TimeOff, today: string) {
  const [first, last] = [dateWords(starts_on, today), dateWords(ends_on, today)];
  if (!start || !end) return first === last ? first : t.dateRange({ first, last });
  return first === last
    ? t.dateHours({ date: first, start, end })
    : t.dateTimeRange({ first, start, last, end });
}
