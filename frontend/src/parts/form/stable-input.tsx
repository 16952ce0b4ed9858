import type { InputHTMLAttributes, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { useInside } from "./focus-within";

/** A value that others change too: it stays as it is while somebody is in its control. */
export function useSteady<T>(present: T) {
  const { isInside, watch } = useInside();
  const steady = useRef(present);
  if (!isInside) steady.current = present;
  return { value: steady.current, watch };
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
export function SteadyInput({ value, ...input }: Props) {
  const { isInside, watch } = useInside();
  return (
    <input {...(input as InputHTMLAttributes)} {...watch} value={isInside ? undefined : value} />
  );
}
