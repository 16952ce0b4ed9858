import { useSignal } from "@preact/signals";
import t from "locale:settings";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { DateField } from "../../parts/form/date-field";
import { useAction } from "../../parts/ui/action";
import { CancelButton } from "../../parts/ui/cancel-button";
import { Dialog } from "../../parts/ui/dialog";
import { RequestError } from "../../parts/ui/error-notice";
import { Form, textOf } from "../../parts/form/form";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { dateWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import { useMyToday } from "./my-calendar";
import { hoursWords, type Interval } from "./week";
import { IntervalsEditor } from "./week-editor";
import { LoadStatus } from "../../parts/data/load-status";

const LIST = "/api/workspaces/{workspace}/members/{member_id}/overrides";
const ONE = "/api/workspaces/{workspace}/members/{member_id}/overrides/{date}";

/** Dates with hours that differ from the weekly ones. */
export function Overrides() {
  const here = useWorkspace();
  const { member_id } = useBoard().me;
  const today = useMyToday();
  const adding = useSignal(false);
  const action = useAction();
  const params = { ...here.pathParams({ member_id }), query: today ? { since: today } : {} };
  const read = useLiveLoaded(() => answer(api.GET(LIST, { params })), /^calendar/, [member_id, today]);
  const remove = async (date: string) => {
    await answer(api.DELETE(ONE, { params: here.pathParams({ member_id, date }) }));
    toast(t.exceptionRemoved);
    await read.reload();
  };
  const held = read.data.value;
  return (
    <Panel
      title={t.exceptions}
      aside={<Button onClick={() => (adding.value = true)}>{t.addException}</Button>}
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && <p class="empty">{t.noExceptions}</p>}
      <ul class="rows" aria-label={t.exceptions}>
        {held?.map(({ on, intervals }) => (
          <li key={on}>
            <span class="main">{dateWords(on, today)}</span>
            <span class="quiet">{hoursWords(intervals)}</span>
            <Button
              small
              kind="quiet"
              aria-label={t.removeNamed({ name: dateWords(on, today) })}
              onClick={() => action.run(() => remove(on))}
            >
              {common.remove}
            </Button>
          </li>
        ))}
      </ul>
      {adding.value && (
        <OverrideDialog today={today} saved={read.reload} close={() => (adding.value = false)} />
      )}
    </Panel>
  );
}

interface DialogProps {
  today: string;
  saved: () => Promise<void>;
  close: () => void;
}

function OverrideDialog({ today, saved, close }: DialogProps) {
  const here = useWorkspace();
  const { member_id } = useBoard().me;
  const intervals = useSignal<Interval[]>([{ start: "09:00", end: "17:00" }]);
  const send = async (form: FormData) => {
    const params = here.pathParams({ member_id, date: textOf(form, "date") });
    await answer(api.PUT(ONE, { params, body: { intervals: intervals.peek() } }));
    await saved();
    close();
  };
  return (
    <Dialog title={t.addException} close={close}>
      <Form action={t.addException} send={send} aside={<CancelButton close={close} />}>
        <DateField name="date" label={common.date} min={today} required />
        <IntervalsEditor
          intervals={intervals.value}
          set={(changed) => (intervals.value = changed)}
        />
        <p class="quiet">{t.noHoursMeansOff}</p>
      </Form>
    </Dialog>
  );
}
