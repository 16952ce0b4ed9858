import type { Signal } from "@preact/signals";
import t from "locale:decision";
import { type Minutes, MinutesField } from "../../parts/form/minutes-field";

/** Asks for the minutes that someone spent on a decision, and says what they are for. */
export function TimeSpent({ chosen }: { chosen: Signal<Minutes | null> }) {
  return (
    <>
      <MinutesField label={t.timeSpent} chosen={chosen} />
      <p class="quiet">{t.timeSpentHint}</p>
    </>
  );
}
