import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { DateField } from "../../parts/form/date-field";
import { useAction } from "../../parts/ui/action";
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

/** Single dates with other hours than the week says. */
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
    toast("Removed; the weekly hours hold on that date");
    await read.reload();
  };
  const held = read.data.value;
  return (
    <Panel
      title="Single dates"
      aside={<Button onClick={() => (adding.value = true)}>Add a date</Button>}
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <p class="empty">No date is different. Add one for a late start or a Saturday of work.</p>
      )}
      <ul class="rows" aria-label="Single dates">
        {held?.map(({ on, intervals }) => (
          <li key={on}>
            <span class="main">{dateWords(on, "0")}</span>
            <span class="quiet">{hoursWords(intervals)}</span>
            <Button
              small
              kind="quiet"
              aria-label={`Remove ${dateWords(on)}`}
              onClick={() => action.run(() => remove(on))}
            >
              Remove
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
    <Dialog title="Hours of one date" close={close}>
      <Form action="Save the date" send={send}>
        <DateField name="date" label="Date" min={today} required />
        <IntervalsEditor
          name="the date"
          intervals={intervals.value}
          set={(changed) => (intervals.value = changed)}
        />
        <p class="quiet">Without hours it is a free day.</p>
      </Form>
    </Dialog>
  );
}
