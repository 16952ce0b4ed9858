import { useSignal } from "@preact/signals";

interface FocusWithin {
  /** Whether the focus is in it. */
  hasFocus: boolean;
  /** Props for the element that is watched. */
  focusProps: { onFocusIn: () => void; onFocusOut: (event: FocusEvent) => void };
}

/** Tracks whether the focus is inside an element. */
export function useFocusWithin(): FocusWithin {
  const hasFocus = useSignal(false);
  const onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent) => {
    hasFocus.value = (currentTarget as Element).contains(relatedTarget as Node | null);
  };
  const onFocusIn = () => {
    hasFocus.value = true;
  };
  return { hasFocus: hasFocus.value, focusProps: { onFocusIn, onFocusOut } };
}
