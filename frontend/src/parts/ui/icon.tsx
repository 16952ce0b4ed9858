import {
  ChevronLeft,
  ChevronRight,
  CornerDownRight,
  CornerLeftUp,
  CornerUpLeft,
  type IconNode,
  Undo2,
} from "lucide";
import { h } from "preact";

/** Icons that point along the line of text, and are mirrored where it runs from right to left. */
const DIRECTIONAL = new Set([
  ChevronLeft,
  ChevronRight,
  CornerDownRight,
  CornerLeftUp,
  CornerUpLeft,
  Undo2,
]);

/** A decorative icon, hidden from screen readers. */
export function Icon({ of, size = 16 }: { of: IconNode; size?: 14 | 16 | 20 }) {
  return (
    <svg
      class={DIRECTIONAL.has(of) ? "icon directional" : "icon"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={size === 20 ? 1.75 : 2}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
