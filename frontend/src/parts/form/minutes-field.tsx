import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import common from "locale:common";
import "./minutes-field.css";

const CHOICES = [5, 10, 15, 30] as const;
export type Minutes = (typeof CHOICES)[number];

interface Props {
  /** The question: `Time spent` */
  label: string;
  /** The chosen minutes; null for none. */
  chosen: Signal<Minutes | null>;
}

/** Minutes spent, chosen by one tap and cleared by another. */
export function MinutesField({ label, chosen }: Props) {
  const id = useId();
  return (
    <div class="minutes" role="group" aria-labelledby={id}>
      <span id={id} class="minutes-label">
        {label}
      </span>
      <span class="minutes-choices">
        {CHOICES.map((minutes) => (
          <button
            key={minutes}
            type="button"
            class="button small"
            aria-pressed={chosen.value === minutes}
            onClick={() => (chosen.value = chosen.peek() === minutes ? null : minutes)}
          >
            {common.minutes({ minutes })}
          </button>
        ))}
      </span>
    </div>
  );
}
