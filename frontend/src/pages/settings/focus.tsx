import { useSignal } from "@preact/signals";
import t from "locale:settings";
import common from "locale:common";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { DateField } from "../../parts/form/date-field";
import { useAction } from "../../parts/ui/action";
import { CancelButton } from "../../parts/ui/cancel-button";
import { Dialog } from "../../parts/ui/dialog";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { Form, textOf } from "../../parts/form/form";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { dateWords } from "../../parts/time/times";
import { TimeField } from "./time-field";
import { useMyToday } from "./my-calendar";
import { type Day, dayName, DAYS, daysWords } from "./week";
import { LoadStatus } from "../../parts/data/load-status";

type Focus = components["schemas"]["FocusOut"];

const LIST = "/api/workspaces/{workspace}/members/{member_id}/focus-blocks";
const ONE = "/api/workspaces/{workspace}/members/{member_id}/focus-blocks/{focus_block_id}";

const whenOf = ({ days, on }: Focus, today: string) => (on ? dateWords(on, today) : daysWords(days));

/** Working time in which no one should interrupt me: every week, or once. */
export function FocusSection() {
  const here = useWorkspace();
  const { member_id } = useBoard().me;
  const today = useMyToday();
  const adding = useSignal(false);
  const action = useAction();
  const params = here.pathParams({ member_id });
  const read = useLiveLoaded(() => answer(api.GET(LIST, { params })), /^calendar/, [member_id]);
  const remove = async ({ id }: Focus) => {
    await answer(api.DELETE(ONE, { params: here.pathParams({ member_id, focus_block_id: id }) }));
    await read.reload();
  };
  const held = read.data.value;
  return (
    <Panel
      title={t.focusTime}
      aside={<Button onClick={() => (adding.value = true)}>{t.addFocusTime}</Button>}
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title={t.noFocusTime}>{t.focusTimeMeans}</Empty>
      )}
      <ul class="rows" aria-label={t.focusTime}>
        {held?.map((block) => (
          <li key={block.id}>
            <span class="main">{whenOf(block, today)}</span>
            <span class="quiet">{t.clockRange(block)}</span>
            <Button
              small
              kind="quiet"
              aria-label={t.removeNamed({
                name: t.dateHours({ ...block, date: whenOf(block, today) }),
              })}
              onClick={() => action.run(() => remove(block))}
            >
              {common.remove}
            </Button>
          </li>
        ))}
      </ul>
      {adding.value && (
        <Dialog title={t.addFocusTime} close={() => (adding.value = false)}>
          <FocusForm
            close={() => (adding.value = false)}
            saved={async () => {
              adding.value = false;
              await read.reload();
            }}
          />
        </Dialog>
      )}
    </Panel>
  );
}

interface FormProps {
  saved: () => Promise<void>;
  close: () => void;
}

function FocusForm({ saved, close }: FormProps) {
  const here = useWorkspace();
  const { member_id } = useBoard().me;
  const isWeekly = useSignal(true);
  const send = async (form: FormData) => {
    const when = isWeekly.peek()
      ? { days: form.getAll("days") as Day[] }
      : { on: textOf(form, "on") };
    const body = { ...when, start: textOf(form, "start"), end: textOf(form, "end") };
    await answer(api.POST(LIST, { params: here.pathParams({ member_id }), body }));
    await saved();
  };
  return (
    <Form action={common.add} send={send} aside={<CancelButton close={close} />}>
      <fieldset class="choices">
        <legend>{t.when}</legend>
        <label class="choice">
          <input type="radio" checked={isWeekly.value} onChange={() => (isWeekly.value = true)} />
          {t.everyWeek}
        </label>
        <label class="choice">
          <input type="radio" checked={!isWeekly.value} onChange={() => (isWeekly.value = false)} />
          {t.once}
        </label>
      </fieldset>
      {isWeekly.value ? (
        <fieldset class="choices">
          <legend>{t.days}</legend>
          {DAYS.map((day) => (
            <label key={day} class="choice">
              <input type="checkbox" name="days" value={day} />
              {dayName(day)}
            </label>
          ))}
        </fieldset>
      ) : (
        <DateField name="on" label={common.date} required />
      )}
      <div class="settings-pair">
        <TimeField name="start" label={t.from} value="09:00" />
        <TimeField name="end" label={t.to} value="11:00" />
      </div>
    </Form>
  );
}
