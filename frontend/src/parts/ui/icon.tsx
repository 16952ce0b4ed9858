import type { IconNode } from "lucide";
import { h } from "preact";

/** A decorative icon, hidden from screen readers. */
export function Icon({ of, size = 16 }: { of: IconNode; size?: 14 | 16 | 20 }) {
  return (
    <svg
      class="icon"
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
