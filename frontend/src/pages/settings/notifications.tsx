import common from "locale:common";
import t from "locale:settings";
import { useSignal } from "@preact/signals";
import { useBoard, useWorkspace } from "../../live/workspace";
import { DateField } from "../../parts/form/date-field";
import { errorsAt } from "../../parts/form/errors-at";
import { Form, textOf } from "../../parts/form/form";
import { TimeOfDayField } from "../../parts/form/time-of-day-field";
import { goAway, useAway } from "../../parts/notices/away";
import { AwayLine } from "../../parts/notices/away-line";
import { type Muted, useMute } from "../../parts/notices/mute";
import { useAction } from "../../parts/ui/action";
import { Button } from "../../parts/ui/button";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import { useMyToday } from "./my-calendar";

/** How I'm told of what happens: when, of what not, and not at all while I'm away. */
export function NotificationsSection() {
  return (
    <>
      <Panel title={t.howTold}>
        <div class="panel-body settings-stack">
          <p>{t.toldInApp}</p>
          <p class="quiet">{t.deliveredWhen}</p>
        </div>
      </Panel>
      <Away />
      <MutedList />
    </>
  );
}

function Away() {
  return (
    <Panel title={t.away}>
      <div class="panel-body settings-stack">{useAway() ? <AwayLine /> : <AwayForm />}</div>
    </Panel>
  );
}

function AwayForm() {
  const here = useWorkspace();
  const today = useMyToday();
  const hasEnd = useSignal(false);
  const send = async (form: FormData) => {
    const until = hasEnd.peek() ? `${textOf(form, "date")}T${textOf(form, "time")}` : null;
    try {
      await goAway(here, until);
    } catch (fault) {
      throw errorsAt("date", fault);
    }
    toast(t.setAway);
  };
  return (
    <>
      <p class="quiet">{common.awayMeans}</p>
      <Form action={t.goAway} send={send}>
        <fieldset class="choices">
          <legend>{t.awayHowLong}</legend>
          <label class="choice">
            <input type="radio" checked={!hasEnd.value} onChange={() => (hasEnd.value = false)} />
            {t.untilIEnd}
          </label>
          <label class="choice">
            <input type="radio" checked={hasEnd.value} onChange={() => (hasEnd.value = true)} />
            {t.untilTime}
          </label>
        </fieldset>
        {hasEnd.value && (
          <div class="settings-pair">
            <DateField name="date" label={common.date} required min={today} />
            <TimeOfDayField name="time" value="09:00" />
          </div>
        )}
      </Form>
    </>
  );
}

function MutedList() {
  const { notice_settings, projects, topics } = useBoard();
  const muted: Muted[] = [
    ...notice_settings.muted_projects.map((id) => ({
      list: "muted_projects" as const,
      id,
      name: projects.get(id)?.name ?? common.noLongerAvailable,
    })),
    ...notice_settings.muted_topics.map((id) => ({
      list: "muted_topics" as const,
      id,
      name: topics.get(id)?.title ?? common.noLongerAvailable,
    })),
  ];
  return (
    <Panel title={t.muted}>
      {muted.length === 0 ? (
        <Empty title={t.nothingMuted}>{t.muteMeans}</Empty>
      ) : (
        <ul class="rows" aria-label={t.muted}>
          {muted.map((each) => (
            <MutedRow key={each.id} muted={each} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function MutedRow({ muted }: { muted: Muted }) {
  const { toggle } = useMute(muted);
  const action = useAction();
  const { name, list } = muted;
  return (
    <li>
      <span class="main">{name}</span>
      <span class="quiet">{list === "muted_projects" ? common.project : t.topic}</span>
      <Button
        small
        kind="quiet"
        aria-label={t.unmuteNamed({ name })}
        onClick={() => action.run(toggle)}
      >
        {common.unmute}
      </Button>
      <RequestError of={action} />
    </li>
  );
}
