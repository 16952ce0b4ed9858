import { useSignal } from "@preact/signals";

export interface Inside {
  /** Whether somebody has the focus in it. */
  isInside: boolean;
  /** For the element around what they are in. */
  watch: { onFocusIn: () => void; onFocusOut: (event: FocusEvent) => void };
}

/** Whether somebody has the focus in an element or in what it holds. */
export function useInside(): Inside {
  const isInside = useSignal(false);
  const onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent) => {
    isInside.value = (currentTarget as Element).contains(relatedTarget as Node | null);
  };
  const onFocusIn = () => {
    isInside.value = true;
  };
  return { isInside: isInside.value, watch: { onFocusIn, onFocusOut } };
}
