import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { DateField } from "../../parts/form/date-field";
import { useAction } from "../../parts/ui/action";
import { Dialog } from "../../parts/ui/dialog";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { Form, textOf } from "../../parts/form/form";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Panel } from "../../parts/ui/panel";
import { dateWords } from "../../parts/time/times";
import { TimeField } from "./time-field";
import { type Day, DAYS, daysWords } from "./week";
import { LoadStatus } from "../../parts/data/load-status";

type Focus = components["schemas"]["FocusOut"];

const LIST = "/api/workspaces/{workspace}/members/{member_id}/focus-blocks";
const ONE = "/api/workspaces/{workspace}/members/{member_id}/focus-blocks/{focus_block_id}";

const whenOf = ({ days, on }: Focus) => (on ? dateWords(on, "0") : daysWords(days));

/** Working time in which no one should interrupt me: every week, or once. */
export function FocusSection() {
  const here = useWorkspace();
  const { member_id } = useBoard().me;
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
      title="Focus"
      aside={<Button onClick={() => (adding.value = true)}>Keep focus time</Button>}
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title="No focus time.">
          It counts as working time; others see that they should not interrupt you.
        </Empty>
      )}
      <ul class="rows" aria-label="Focus time">
        {held?.map((block) => (
          <li key={block.id}>
            <span class="main">{whenOf(block)}</span>
            <span class="quiet">
              {block.start}–{block.end}
            </span>
            <Button
              small
              kind="quiet"
              aria-label={`Give up ${whenOf(block)} ${block.start}–${block.end}`}
              onClick={() => action.run(() => remove(block))}
            >
              Give up
            </Button>
          </li>
        ))}
      </ul>
      {adding.value && (
        <Dialog title="Keep focus time" close={() => (adding.value = false)}>
          <FocusForm
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

function FocusForm({ saved }: { saved: () => Promise<void> }) {
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
    <Form action="Keep it" send={send}>
      <fieldset class="choices">
        <legend>When</legend>
        <label class="choice">
          <input type="radio" checked={isWeekly.value} onChange={() => (isWeekly.value = true)} />
          Every week
        </label>
        <label class="choice">
          <input type="radio" checked={!isWeekly.value} onChange={() => (isWeekly.value = false)} />
          Once
        </label>
      </fieldset>
      {isWeekly.value ? (
        <fieldset class="choices">
          <legend>Days</legend>
          {DAYS.map(([day, name]) => (
            <label key={day} class="choice">
              <input type="checkbox" name="days" value={day} />
              {name}
            </label>
          ))}
        </fieldset>
      ) : (
        <DateField name="on" label="Date" required />
      )}
      <div class="settings-pair">
        <TimeField name="start" label="From" value="09:00" />
        <TimeField name="end" label="To" value="11:00" />
      </div>
    </Form>
  );
}
