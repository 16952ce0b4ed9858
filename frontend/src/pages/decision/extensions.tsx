import t from "locale:decision";
import common from "locale:common";
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
    <ul class="extensions" aria-label={t.extensions}>
      {extensions.map(({ at, by, old, new: later, reason }) => (
        <li key={at}>
          <span class="quiet">
            {t.extended({
              name: live.one("members", by).value?.name ?? common.someone,
              duration: durationWords(Date.parse(later) - Date.parse(old)),
              ago: agoWords(at, minute.value),
            })}
          </span>{" "}
          {reason}
        </li>
      ))}
    </ul>
  );
}
