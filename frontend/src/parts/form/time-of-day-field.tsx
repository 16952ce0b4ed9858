import common from "locale:common";
import { Field } from "./field";

/** A time of day in my zone, as text: browsers show their own time inputs with 12 hours. */
export function TimeOfDayField({ name, value }: { name: string; value: string }) {
  return (
    <Field
      name={name}
      label={common.time}
      required
      pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
      title={common.timeFormat}
      defaultValue={value}
    />
  );
}
