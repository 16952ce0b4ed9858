import type { TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { useFocusWithin } from "./focus-within";

/** A value that changes from outside, held while its control has the focus. */
export function useStableValue<T>(present: T) {
  const { hasFocus, focusProps } = useFocusWithin();
  const stable = useRef(present);
  if (!hasFocus) stable.current = present;
  return { value: stable.current, focusProps };
}

interface Props {
  type: "date" | "time" | "number";
  value: string | number;
  class?: string;
  required?: boolean;
  min?: number;
  max?: number;
  "aria-label"?: string;
  onInput?: (event: TargetedEvent<HTMLInputElement>) => void;
  onChange?: (event: TargetedEvent<HTMLInputElement>) => void;
}

/**
 * An input for a date, time or number. A half-typed value reads as empty, and a redraw would
 * restore the old one, so the value is set from outside only while the input has no focus.
 */
export function StableInput({ value, ...input }: Props) {
  const { hasFocus, focusProps } = useFocusWithin();
  return (
    <input {...input} {...focusProps} value={hasFocus ? undefined : value} />
  );
}
