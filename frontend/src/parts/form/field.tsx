import type { ComponentChildren, InputHTMLAttributes, TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";
import type { Draft } from "./draft";
import { useFieldError } from "./form";

interface FrameProps {
  name: string;
  label: string;
  hint?: ComponentChildren;
  children: (control: ControlProps) => ComponentChildren;
}

interface ControlProps {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** A control with its label above, and its hint and error below. */
export function Labelled({ name, label, hint, children }: FrameProps) {
  const id = useId();
  const { error } = useFieldError(name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        name,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="refused" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface Props extends Omit<FrameProps, "children"> {
  type?: "text" | "email" | "password";
  autoComplete?: string;
  autoCapitalize?: "none" | "characters";
  spellcheck?: boolean;
  required?: boolean;
  readOnly?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** The error message when the text doesn't match the pattern. */
  title?: string;
  value?: string;
  defaultValue?: string;
  /** Where the text is kept until it is sent. */
  draft?: Draft;
  onInput?: (event: TargetedInputEvent<HTMLInputElement>) => void;
}

/** A labelled input. Typing in it clears its error. */
export function Field({ name, label, hint, draft, onInput, ...input }: Props) {
  const { clear } = useFieldError(name);
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(control) => (
        <input
          {...(input as InputHTMLAttributes)}
          {...control}
          {...(draft && { value: draft.text.value })}
          onInput={(event) => {
            clear();
            if (draft) draft.text.value = event.currentTarget.value;
            onInput?.(event);
          }}
        />
      )}
    </Labelled>
  );
}
