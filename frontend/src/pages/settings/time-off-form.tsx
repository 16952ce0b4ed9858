import { useSignal } from "@preact/signals";
import t from "locale:settings";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import { useBoard, useWorkspace } from "../../live/workspace";
import { CancelButton } from "../../parts/ui/cancel-button";
import { DateField } from "../../parts/form/date-field";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { Select } from "../../parts/form/select";
import { toast } from "../../parts/ui/toast";
import { TimeField } from "./time-field";

export type TimeOff = components["schemas"]["TimeOffOut"];

const LIST = "/api/workspaces/{workspace}/members/{member_id}/time-off";
const ONE = "/api/workspaces/{workspace}/members/{member_id}/time-off/{time_off_id}";

interface Props {
  /** Null for a new one. */
  off: TimeOff | null;
  today: string;
  saved: () => Promise<void>;
  close: () => void;
}

/** Whole days or hours, a reason that only admins and I see, and a stand-in. */
export function TimeOffForm({ off, today, saved, close }: Props) {
  const here = useWorkspace();
  const { member_id } = useBoard().me;
  const inHours = useSignal(Boolean(off?.starts_time));
  const send = async (form: FormData) => {
    const body = {
      starts_on: textOf(form, "starts_on"),
      ends_on: textOf(form, "ends_on") || textOf(form, "starts_on"),
      starts_time: inHours.peek() ? textOf(form, "starts_time") : null,
      ends_time: inHours.peek() ? textOf(form, "ends_time") : null,
      reason: textOf(form, "reason").trim() || null,
      cover_id: textOf(form, "cover_id") || null,
    };
    if (off) {
      const params = { ...here.pathParams({ member_id, time_off_id: off.id }), header: ifMatch(off.rev) };
      await answer(api.PATCH(ONE, { params, body }));
    } else await answer(api.POST(LIST, { params: here.pathParams({ member_id }), body }));
    toast(off ? t.timeOffSaved : t.timeOffAdded);
    await saved();
  };
  return (
    <Form
      action={off ? t.saveTimeOff : t.addTimeOff}
      send={send}
      aside={<CancelButton close={close} />}
    >
      <DateField name="starts_on" label={t.firstDay} value={off?.starts_on ?? today} required />
      <DateField
        name="ends_on"
        label={t.lastDay}
        value={off?.ends_on ?? ""}
        hint={t.lastDayHint}
      />
      <label class="choice">
        <input
          type="checkbox"
          checked={inHours.value}
          onChange={({ currentTarget }) => (inHours.value = currentTarget.checked)}
        />
        {t.setTimes}
      </label>
      {inHours.value && (
        <div class="settings-pair">
          <TimeField name="starts_time" label={t.from} value={off?.starts_time ?? "09:00"} />
          <TimeField name="ends_time" label={t.to} value={off?.ends_time ?? "13:00"} />
        </div>
      )}
      <Field
        name="reason"
        label={t.reasonOptional}
        maxLength={200}
        defaultValue={off?.reason ?? ""}
        hint={t.reasonHint}
      />
      <Cover chosen={off?.cover_id ?? ""} />
    </Form>
  );
}

function Cover({ chosen }: { chosen: string }) {
  const { me, members } = useBoard();
  const others = [...members.values()].filter(
    ({ id, role, disabled_at }) => id !== me.member_id && role !== "guest" && !disabled_at,
  );
  return (
    <Select
      name="cover_id"
      label={t.standIn}
      value={chosen}
      hint={t.standInHint}
    >
      <option value="">{t.noStandIn}</option>
      {others.map(({ id, name }) => (
        <option key={id} value={id} selected={id === chosen}>
          {name}
        </option>
      ))}
    </Select>
  );
}
