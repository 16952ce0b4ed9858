import { CircleCheck, CircleDashed } from "lucide";
import { Icon } from "../../parts/ui/icon";
import type { PointStands } from "./points";

/** Which of the five points the draft makes, and what is missing, in words. */
export function PointsPanel({ points }: { points: readonly PointStands[] }) {
  const made = points.filter(({ missing }) => missing.length === 0).length;
  return (
    <section class="decision-points" aria-labelledby="five-points">
      <h2 id="five-points">
        {made} of {points.length} points
      </h2>
      <ul>
        {points.map(({ point, name, at, missing }) => (
          <li key={point} class={missing.length > 0 ? "missing" : "made"}>
            <Icon of={missing.length > 0 ? CircleDashed : CircleCheck} />
            <a href={`#${at}`}>{name}</a>
            <span class="unseen">{missing.length > 0 ? "is missing." : "is said."}</span>
            {missing.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
