import { Field } from "./field";

/** A time of day on my clock, as text: browsers show their own time inputs with 12 hours. */
export function TimeOfDayField({ name, value }: { name: string; value: string }) {
  return (
    <Field
      name={name}
      label="Time on your clock"
      required
      pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
      title="Write a time of day like 15:00."
      defaultValue={value}
    />
  );
}
