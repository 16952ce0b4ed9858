import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useFieldError } from "./form";
import { Labelled } from "./field";

interface Props {
  name: string;
  label: string;
  hint?: ComponentChildren;
  /** The initial value. */
  value?: string;
  onChange?: (value: string) => void;
  children: ComponentChildren;
}

/** A labelled select. A chosen value stays when the component is redrawn. */
export function Select({ name, label, hint, value, onChange, children }: Props) {
  const { clear } = useFieldError(name);
  const chosen = useSignal<string | undefined>(undefined);
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(control) => (
        <select
          {...control}
          value={chosen.value ?? value}
          onChange={({ currentTarget }) => {
            clear();
            chosen.value = currentTarget.value;
            onChange?.(currentTarget.value);
          }}
        >
          {children}
        </select>
      )}
    </Labelled>
  );
}
