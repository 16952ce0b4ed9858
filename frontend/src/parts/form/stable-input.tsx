import type { TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { useFocusWithin } from "./focus-within";

/** A value that others change too: it stays as it is while somebody is in its control. */
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
 * A date, a time or a number. While one types it is empty or half of one, and a redraw would put
 * the old value back: so its value is set from outside only while nobody is in it.
 */
export function StableInput({ value, ...input }: Props) {
  const { hasFocus, focusProps } = useFocusWithin();
  return (
    <input {...input} {...focusProps} value={hasFocus ? undefined : value} />
  );
}
