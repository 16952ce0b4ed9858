import { useSignal } from "@preact/signals";

export interface FocusWithin {
  /** Whether somebody has the focus in it. */
  hasFocus: boolean;
  /** For the element around what they are in. */
  focusProps: { onFocusIn: () => void; onFocusOut: (event: FocusEvent) => void };
}

/** Whether somebody has the focus in an element or in what it holds. */
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
