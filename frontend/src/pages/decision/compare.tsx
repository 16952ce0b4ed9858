import { Check, Star } from "lucide";
import t from "locale:decision";
import common from "locale:common";
import { useWorkspace } from "../../live/workspace";
import { Chip } from "../../parts/ui/chip";
import { Section } from "../../parts/ui/facts";
import { Rendered } from "../../parts/data/rendered";
import { list } from "../../text/format";
import type { DecisionProps, WholeDecision } from "./data";
import "./compare.css";

/** The options side by side: what each says, and who prefers it. */
export function Compare({ decision }: DecisionProps) {
  const { options } = decision;
  if (options.length === 0) return null;
  return (
    <Section id="options" title={t.options}>
      <ol class="compare">
        {options.map((option) => (
          <Option key={option.id} option={option} decision={decision} />
        ))}
      </ol>
    </Section>
  );
}

type OptionOut = WholeDecision["options"][number];

function Option({ option, decision }: DecisionProps & { option: OptionOut }) {
  const names = usePreferring(decision, option);
  return (
    <li class={option.is_chosen ? "chosen" : ""}>
      <h3>{option.title}</h3>
      <p class="compare-marks">
        {option.is_chosen && (
          <Chip tone="good" icon={Check}>
            {t.chosen}
          </Chip>
        )}
        {option.is_recommended && (
          <Chip tone="info" icon={Star}>
            {t.recommended}
          </Chip>
        )}
      </p>
      <div>{option.html && <Rendered html={option.html} />}</div>
      <p class="quiet">{names.length > 0 && t.preferredBy({ names: list(names) })}</p>
    </li>
  );
}

/** Who prefers the option, or agrees with the recommendation of it. */
function usePreferring({ inputs }: WholeDecision, { id, is_recommended }: OptionOut): string[] {
  const { live } = useWorkspace();
  return inputs
    .filter(
      ({ stance, option_id }) =>
        option_id === id || (is_recommended && (stance === "agree" || stance === "approve")),
    )
    .map(({ member_id }) => live.one("members", member_id).value?.name ?? common.someoneInSentence);
}
