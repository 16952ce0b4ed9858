/** A virtual list: draws only the visible cards and a few around them. */

import { type Signal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** How many rows are drawn before the box is measured. */
const FIRST = 24;

interface Range {
  from: number;
  to: number;
}

const AROUND = 6;
/** Ranges start and end at multiples of this, to redraw less while scrolling. */
const STEP = 4;

/** The visible rows of a box that is scrolled to `top`, perhaps more than there are. */
export function rangeOf(top: number, height: number, row: number): Range {
  const from = Math.floor(top / row) - AROUND;
  const to = Math.ceil((top + height) / row) + AROUND;
  return {
    from: Math.max(0, Math.floor(from / STEP) * STEP),
    to: Math.ceil(to / STEP) * STEP,
  };
}

/** The rows to draw in a scrolling box of `count` rows. */
export function useVirtualRows(box: RefObject<HTMLElement | null>, row: number, count: number): Signal<Range> {
  const range = useSignal<Range>({ from: 0, to: FIRST });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = () => {
      const next = rangeOf(element.scrollTop, element.clientHeight, row);
      const { from, to } = range.peek();
      if (next.from !== from || next.to !== to) range.value = next;
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [box, row, count, range]);
  return range;
}
