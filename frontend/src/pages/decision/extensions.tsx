import { minute } from "../../api/clock";
import { useWorkspace } from "../../live/workspace";
import { agoWords } from "../../parts/time/relative-time";
import { durationWords } from "../../parts/time/times";
import type { DecisionProps } from "./data";

/** How often the deadline was moved, by how much, by whom and why. */
export function Extensions({ decision: { extensions } }: DecisionProps) {
  const { live } = useWorkspace();
  if (extensions.length === 0) return null;
  return (
    <ul class="extensions" aria-label="Moves of the deadline">
      {extensions.map(({ at, by, old, new: later, reason }) => (
        <li key={at}>
          <span class="quiet">
            {live.one("members", by).value?.name ?? "Somebody"} gave{" "}
            {durationWords(Date.parse(later) - Date.parse(old))} more, {agoWords(at, minute.value)}:
          </span>{" "}
          {reason}
        </li>
      ))}
    </ul>
  );
}
