import { Labelled } from "./field";
import { useFieldError } from "./form";

interface Props {
  name: string;
  label: string;
  hint?: string;
  value?: string;
  min?: string;
  max?: string;
  required?: boolean;
  onChange?: (date: string) => void;
}

/** A labelled date input; empty means no date. */
export function DateField({ name, label, hint, onChange, value, ...limits }: Props) {
  const { clear } = useFieldError(name);
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(control) => (
        <input
          {...limits}
          {...control}
          type="date"
          defaultValue={value}
          onChange={(event) => {
            clear();
            onChange?.(event.currentTarget.value);
          }}
        />
      )}
    </Labelled>
  );
}
