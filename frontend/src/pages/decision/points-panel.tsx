import { CircleCheck, CircleDashed } from "lucide";
import t from "locale:decision";
import { Icon } from "../../parts/ui/icon";
import type { PointStands } from "./points";

/** Which of the five points of the brief are done, and what is missing in the others. */
export function PointsPanel({ points }: { points: readonly PointStands[] }) {
  const made = points.filter(({ missing }) => missing.length === 0).length;
  return (
    <section class="decision-points" aria-labelledby="five-points">
      <h2 id="five-points">
        {t.brief({ count: made, total: points.length })}
      </h2>
      <ul>
        {points.map(({ point, name, at, missing }) => (
          <li key={point} class={missing.length > 0 ? "missing" : "made"}>
            <Icon of={missing.length > 0 ? CircleDashed : CircleCheck} />
            <a href={`#${at}`}>{name}</a>
            <span class="unseen">{missing.length > 0 ? t.pointMissing : t.pointDone}</span>
            {missing.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
