import type { ComponentChildren } from "preact";
import { useFieldError } from "./form";
import { Labelled } from "./field";

interface Props {
  name: string;
  label: string;
  hint?: ComponentChildren;
  value?: string;
  onChange?: (value: string) => void;
  children: ComponentChildren;
}

/** A labelled choice among few or many. */
export function Select({ name, label, hint, value, onChange, children }: Props) {
  const { forget } = useFieldError(name);
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={(event) => {
            forget();
            onChange?.(event.currentTarget.value);
          }}
        >
          {children}
        </select>
      )}
    </Labelled>
  );
}
