import common from "locale:common";
import t from "locale:today";
import { DateField } from "../../parts/form/date-field";
import { errorsAt } from "../../parts/form/errors-at";
import { Form, textOf } from "../../parts/form/form";
import { TimeOfDayField } from "../../parts/form/time-of-day-field";
import { clockOf, timeWords } from "../../parts/time/times";
import { CancelButton } from "../../parts/ui/cancel-button";
import type { Subject } from "./acts";
import type { Desk } from "./desk";
import type { Row } from "./rows";

interface Props {
  row: Row;
  subject: Subject;
  desk: Desk;
}

/** Snoozes a row until a date and a time on my clock, at first my next start. */
export function SnoozeForm({ row, subject, desk }: Props) {
  const { keys, acts, today } = desk;
  const next = (today.next_first_check ?? today.now).local;
  const send = async (form: FormData) => {
    const until_local = `${textOf(form, "date")}T${textOf(form, "time")}`;
    try {
      await acts.snooze(subject, { until_local }, timeWords(until_local, today.now.local));
    } catch (fault) {
      throw errorsAt("date", fault);
    }
    keys.opened.value = null;
  };
  const close = () => keys.toggle(row.id, "snooze");
  return (
    <div class="ask-more">
      <Form send={send} action={t.snooze} aside={<CancelButton close={close} />}>
        <div class="snooze-fields">
          <DateField
            name="date"
            label={common.date}
            required
            value={next.slice(0, 10)}
            min={today.now.local.slice(0, 10)}
          />
          <TimeOfDayField name="time" value={clockOf(next)} />
        </div>
      </Form>
    </div>
  );
}
