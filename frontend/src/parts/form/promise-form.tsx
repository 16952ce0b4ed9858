import { useRef } from "preact/hooks";
import common from "locale:common";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../ui/button";
import { RequestError } from "../ui/error-notice";
import { useAction } from "../ui/action";
import { DateField } from "./date-field";
import { errorsAt } from "./errors-at";
import { Form, textOf } from "./form";
import { proposedTime } from "../time/promise-choices";
import { clockOf, timeWords } from "../time/times";
import { toast } from "../ui/toast";
import { TimeOfDayField } from "./time-of-day-field";
import "./promise-form.css";

interface Props {
  timerId: string;
  /** Who asked. */
  author: string;
  /** The current local time. */
  now: string;
  /** Likely times, in my local time. */
  choices: readonly string[];
  done: () => Promise<void> | void;
}

/** Promises an answer by one of two likely times, or by any date and time. */
export function PromiseForm({ timerId, author, now, choices, done }: Props) {
  const here = useWorkspace();
  const action = useAction();
  const proposed = useRef(proposedTime(now, choices)).current; // it stays while it is filled in
  const promise = async (promised_local: string) => {
    const params = here.pathParams({ timer_id: timerId });
    const path = "/api/workspaces/{workspace}/timers/{timer_id}/acknowledgement";
    await answer(api.PUT(path, { params, body: { promised_local } }));
    toast(common.promised({ author, time: timeWords(promised_local, now) }));
    await done();
  };
  const send = async (form: FormData) => {
    try {
      await promise(`${textOf(form, "date")}T${textOf(form, "time")}`);
    } catch (fault) {
      throw errorsAt("date", fault);
    }
  };
  return (
    <div class="promise">
      <p class="quiet">{common.promiseMeans({ author })}</p>
      <div class="promise-choices">
        {choices.map((local) => (
          <Button key={local} small onClick={() => action.run(() => promise(local))}>
            {upper(timeWords(local, now))}
          </Button>
        ))}
      </div>
      <RequestError of={action} />
      <Form send={send} action={common.promise}>
        <div class="promise-fields">
          <DateField
            name="date"
            label={common.date}
            required
            value={proposed.slice(0, 10)}
            min={now.slice(0, 10)}
          />
          <TimeOfDayField name="time" value={clockOf(proposed)} />
        </div>
      </Form>
    </div>
  );
}

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
