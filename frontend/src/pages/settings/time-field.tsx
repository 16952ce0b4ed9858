import { Labelled } from "../../parts/form/field";
import { useFieldError } from "../../parts/form/form";
import { asTyped } from "./week";

interface Props {
  name: string;
  label: string;
  value: string;
}

/** A labelled time of day. */
export function TimeField({ name, label, value }: Props) {
  const { clear } = useFieldError(name);
  return (
    <Labelled name={name} label={label}>
      {(control) => (
        <input {...control} type="time" required defaultValue={asTyped(value)} onChange={clear} />
      )}
    </Labelled>
  );
}
