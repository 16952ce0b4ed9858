/** Lists that don't jump: updates wait while the pointer or the focus is in the list. */

import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";

/** How long after an act of mine its events may still come, which then move rows at once. */
const SETTLING_MS = 2_000;

interface StableList<T> {
  shown: ReadonlySignal<T | null>;
  /** How many rows were added, removed or moved since the shown version. */
  updates: ReadonlySignal<number>;
  /** Show the latest version, and at once what an act of mine still brings. */
  release: () => void;
  /** Props for the element that contains the list. */
  containerProps: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocusIn: () => void;
    onFocusOut: (event: FocusEvent) => void;
  };
}

/**
 * The latest version of a list, held back while the pointer or the focus is inside and rows would
 * move. `order` returns the ids of the rows. While their order stays the same, updates show at
 * once.
 */
export function useStableList<T>(latest: ReadonlySignal<T | null>, order: (of: T) => string[]): StableList<T> {
  const shown = useSignal<T | null>(null);
  const pointer = useSignal(false);
  const focus = useSignal(false);
  const releasedAt = useRef(-Infinity);
  useSignalEffect(() => {
    const newest = latest.value;
    const isSettling = performance.now() - releasedAt.current < SETTLING_MS;
    const isStill = (!pointer.value && !focus.value) || isSettling;
    const old = shown.peek();
    if (!newest || !old || isStill || countMoved(order(old), order(newest)) === 0) shown.value = newest;
  });
  const updates = useComputed(() =>
    shown.value && latest.value ? countMoved(order(shown.value), order(latest.value)) : 0,
  );
  const onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent) => {
    focus.value = (currentTarget as Element).contains(relatedTarget as Node | null);
  };
  return {
    shown,
    updates,
    release: () => {
      releasedAt.current = performance.now();
      shown.value = latest.peek();
    },
    containerProps: {
      onPointerEnter: () => (pointer.value = true),
      onPointerLeave: () => (pointer.value = false),
      onFocusIn: () => (focus.value = true),
      onFocusOut,
    },
  };
}

/** Count the ids that were added, removed or moved. */
export function countMoved(before: readonly string[], after: readonly string[]): number {
  const known = new Set(before);
  const still = new Set(after);
  const stayed = before.filter((id) => still.has(id));
  const now = after.filter((id) => known.has(id));
  const came = after.length - now.length;
  const gone = before.length - stayed.length;
  return came + gone + now.filter((id, place) => stayed[place] !== id).length;
}
