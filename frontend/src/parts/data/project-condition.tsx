import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from "lucide";
import common from "locale:common";
import type { Project } from "../../live/documents";
import { Chip } from "../ui/chip";

type Condition = Project["condition"];

const CONDITIONS = {
  on_track: ["good", CircleCheck],
  at_risk: ["warn", TriangleAlert],
  off_track: ["bad", CircleAlert],
} as const;

const NONE = ["plain", CircleDashed] as const;

export const conditionWords = (condition: Condition): string =>
  common.condition({ condition: condition ?? "none" });

/** A project's condition, as its last update said. */
export function ConditionChip({ condition }: { condition: Condition }) {
  const [tone, icon] = condition ? CONDITIONS[condition] : NONE;
  return (
    <Chip tone={tone} icon={icon}>
      {conditionWords(condition)}
    </Chip>
  );
}
