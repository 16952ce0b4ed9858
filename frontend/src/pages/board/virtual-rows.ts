/** Only the cards that can be seen, and a few around them, are drawn. */

import { type Signal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Drawn before the box is measured. */
const FIRST = 24;

interface Range {
  from: number;
  to: number;
}

const AROUND = 6;
/** Ranges begin and end at multiples of this, so that not every pixel of a scroll redraws. */
const STEP = 4;

/** The rows of one height that a box shows, which is scrolled to `top`; perhaps more than there are. */
export function rangeOf(top: number, height: number, row: number): Range {
  const from = Math.floor(top / row) - AROUND;
  const to = Math.ceil((top + height) / row) + AROUND;
  return {
    from: Math.max(0, Math.floor(from / STEP) * STEP),
    to: Math.ceil(to / STEP) * STEP,
  };
}

/** The rows to draw in a box that scrolls and now holds `count` of them. */
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
