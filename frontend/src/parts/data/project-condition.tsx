import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from "lucide";
import type { Project } from "../../live/documents";
import { Chip } from "../ui/chip";

type Condition = Project["condition"];

const CONDITIONS = {
  on_track: ["good", "On track", CircleCheck],
  at_risk: ["warn", "At risk", TriangleAlert],
  off_track: ["bad", "Off track", CircleAlert],
} as const;

const NONE = ["plain", "No update yet", CircleDashed] as const;

export function conditionWords(condition: Condition): string {
  return (condition ? CONDITIONS[condition] : NONE)[1];
}

/** A project's condition, as its last update said. */
export function ConditionChip({ condition }: { condition: Condition }) {
  const [tone, words, icon] = condition ? CONDITIONS[condition] : NONE;
  return (
    <Chip tone={tone} icon={icon}>
      {words}
    </Chip>
  );
}
