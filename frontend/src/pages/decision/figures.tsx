import t from "locale:decision";
import { Section } from "../../parts/ui/facts";
import { elapsedWords, meetingWords, minutesWords } from "./figure-words";
import type { DecisionProps } from "./data";

/** What the decision took, beside the aims and the meeting that it replaced; guests get none. */
export function Figures({ decision: { figures } }: DecisionProps) {
  if (figures === null || figures.elapsed_s === null) return null;
  const shown = [
    { name: t.timeToDecide, ...elapsedWords(figures) },
    { name: t.totalTime, ...minutesWords(figures) },
    { name: t.meetingItReplaced, ...meetingWords(figures) },
  ].filter(({ figure }) => figure);
  return (
    <Section id="figures" title={t.timeAndEffort}>
      <dl class="figures">
        {shown.map(({ name, figure, means }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="figure">{figure}</dd>
            <dd class="quiet">{means}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
