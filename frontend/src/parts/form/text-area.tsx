import { useFieldError } from "./form";
import { Labelled } from "./field";

interface Props {
  name: string;
  label: string;
  hint?: string;
  rows?: number;
  maxLength?: number;
  defaultValue?: string;
  required?: boolean;
  placeholder?: string;
  onInput?: (text: string) => void;
}

/** A labelled text of several lines. */
export function TextArea({ name, label, hint, onInput, rows = 3, ...area }: Props) {
  const { clear } = useFieldError(name);
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(control) => (
        <textarea
          {...area}
          {...control}
          rows={rows}
          onInput={(event) => {
            clear();
            onInput?.(event.currentTarget.value);
          }}
        />
      )}
    </Labelled>
  );
}
