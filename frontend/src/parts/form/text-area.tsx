import common from "locale:common";
import type { Draft } from "./draft";
import { Labelled } from "./field";
import { useFieldError } from "./form";

interface Props {
  name: string;
  label: string;
  hint?: string;
  rows?: number;
  maxLength?: number;
  required?: boolean;
  /** Where the text is kept until it is sent. */
  draft: Draft;
}

/** A labelled text of several lines. */
export function TextArea({ name, label, hint, draft, rows = 3, ...area }: Props) {
  const { clear } = useFieldError(name);
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(control) => (
        <textarea
          {...area}
          {...control}
          rows={rows}
          defaultValue={draft.text.peek()}
          onInput={(event) => {
            clear();
            draft.text.value = event.currentTarget.value;
          }}
        />
      )}
    </Labelled>
  );
}

/** Asks why something is done, for those who read it later. */
export function ReasonField({ draft }: { draft: Draft }) {
  return <TextArea name="reason" label={common.reason} required maxLength={2000} draft={draft} />;
}
