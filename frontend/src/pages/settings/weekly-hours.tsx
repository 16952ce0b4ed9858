import { useSignal } from "@preact/signals";
import t from "locale:settings";
import common from "locale:common";
import { answer, api } from "../../api/client";
import type { Calendar } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { DateField } from "../../parts/form/date-field";
import { useAction } from "../../parts/ui/action";
import { CancelButton } from "../../parts/ui/cancel-button";
import { Dialog } from "../../parts/ui/dialog";
import { RequestError } from "../../parts/ui/error-notice";
import { Form, textOf } from "../../parts/form/form";
import { Panel } from "../../parts/ui/panel";
import { dateWords } from "../../parts/time/times";
import { toast } from "../../parts/ui/toast";
import { zoneName } from "../../parts/time/zones";
import { useMyToday } from "./my-calendar";
import { atTheWeek, type Week, weekWords } from "./week";
import { WeekEditor } from "./week-editor";

const HOURS = "/api/workspaces/{workspace}/members/{member_id}/hours/{effective_from}";

interface Editing {
  since: string;
  week: Week;
  isNew: boolean;
}

/** My weekly hours, each from its date on. */
export function WeeklyHours({ calendar }: { calendar: Calendar }) {
  const here = useWorkspace();
  const today = useMyToday();
  const editing = useSignal<Editing | null>(null);
  const action = useAction();
  const { hours } = calendar;
  const present = hours.findLast(({ effective_from }) => effective_from <= today) ?? hours[0];
  const remove = async (effective_from: string) => {
    const params = here.pathParams({ member_id: calendar.id, effective_from });
    await answer(api.DELETE(HOURS, { params }));
    toast(t.hoursRemoved);
  };
  const add = () => {
    if (present) editing.value = { since: today, week: present.weekly, isNew: true };
  };
  return (
    <Panel
      title={t.weeklyHoursIn({ city: zoneName(calendar.zone) })}
      aside={<Button onClick={add}>{t.scheduleChange}</Button>}
    >
      <RequestError of={action} />
      <ul class="rows" aria-label={t.weeklyHours}>
        {hours.map((held, index) => (
          <li key={held.effective_from}>
            <span class="main">
              {weekWords(held.weekly)}
              {hours.length > 1 && (
                <span class="quiet row-more">{validityWords(hours, index, today)}</span>
              )}
            </span>
            {held === present && <Chip tone="good">{t.current}</Chip>}
            <Button
              small
              aria-label={t.editNamed({ name: weekWords(held.weekly) })}
              onClick={() =>
                (editing.value = { since: held.effective_from, week: held.weekly, isNew: false })
              }
            >
              {common.edit}
            </Button>
            {hours.length > 1 && (
              <Button
                small
                kind="quiet"
                aria-label={t.removeNamed({ name: weekWords(held.weekly) })}
                onClick={() => action.run(() => remove(held.effective_from))}
              >
                {common.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editing.value && (
        <HoursDialog
          member={calendar.id}
          editing={editing.value}
          close={() => (editing.value = null)}
        />
      )}
    </Panel>
  );
}

/** `From Mon 4 Jan`. The first hours have no start: `Before Mon 4 Jan`, or null without others. */
function validityWords(hours: Calendar["hours"], index: number, today: string): string | null {
  const held = hours[index || 1];
  if (!held) return null;
  const date = dateWords(held.effective_from, today);
  return index === 0 ? t.beforeDate({ date }) : t.fromDate({ date });
}

interface DialogProps {
  member: string;
  editing: Editing;
  close: () => void;
}

function HoursDialog({ member, editing, close }: DialogProps) {
  const here = useWorkspace();
  const week = useSignal(editing.week);
  const send = async (form: FormData) => {
    const effective_from = editing.isNew ? textOf(form, "effective_from") : editing.since;
    const params = here.pathParams({ member_id: member, effective_from });
    await answer(api.PUT(HOURS, { params, body: { weekly: week.peek() } })).catch(atTheWeek);
    toast(t.hoursSaved);
    close();
  };
  return (
    <Dialog title={editing.isNew ? t.scheduleChange : t.editWeeklyHours} close={close} wide>
      <Form action={t.saveHours} send={send} aside={<CancelButton close={close} />}>
        {editing.isNew && (
          <DateField name="effective_from" label={t.from} value={editing.since} required />
        )}
        <WeekEditor week={week} />
      </Form>
    </Dialog>
  );
}
