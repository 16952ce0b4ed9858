/** What stakeholders answer, in words and with a sign: colour alone says nothing. */

import {
  ArrowRightLeft,
  Check,
  CircleMinus,
  CircleX,
  type IconNode,
  OctagonX,
  ShieldCheck,
} from "lucide";
import type { components } from "../../api/schema";
import type { Tone } from "../../parts/ui/chip";

type Schemas = components["schemas"];
export type Given = Schemas["InputOut"];
type Options = readonly Schemas["OptionOut"][];
type Stance = Schemas["Stance"];

interface Look {
  /** Said of who answered so. */
  words: string;
  /** Said behind how many did. */
  one: string;
  many: string;
  tone: Tone;
  icon: IconNode;
}

export const STANCES: Record<Stance, Look> = {
  agree: { words: "Agrees", one: "agrees", many: "agree", tone: "good", icon: Check },
  prefer: { words: "Prefers another option", one: "prefers another option", many: "prefer another option", tone: "info", icon: ArrowRightLeft },
  object: { words: "Objects", one: "objects", many: "object", tone: "bad", icon: CircleX },
  abstain: { words: "Abstains", one: "abstains", many: "abstain", tone: "plain", icon: CircleMinus },
  approve: { words: "Approves", one: "approves", many: "approve", tone: "good", icon: ShieldCheck },
  reject: { words: "Rejects", one: "rejects", many: "reject", tone: "bad", icon: OctagonX },
};

/** One of the answers that someone can choose. */
export interface Choice {
  /** `prefer:` and the option's id, else the stance. */
  value: string;
  words: string;
}

/**
 * The possible answers to a request for input. Agreeing means preferring the recommended option.
 */
export function choicesFor(asked: Schemas["AskedFor"], options: Options): Choice[] {
  if (asked === "approval") {
    return [
      { value: "approve", words: "Approve" },
      { value: "reject", words: "Reject" },
    ];
  }
  const others = options.filter(({ is_recommended }) => !is_recommended);
  return [
    { value: "agree", words: "Agree with the recommendation" },
    ...others.map(({ id, title }) => ({ value: `prefer:${id}`, words: `Prefer: ${title}` })),
    { value: "object", words: "Object" },
    { value: "abstain", words: "Abstain" },
  ];
}

/** What a choice means to the server. */
export function saidBy(value: string): { stance: Stance; option_id: string | null } {
  const [stance, option] = value.split(":");
  return { stance: stance as Stance, option_id: option ?? null };
}

/** The choice that an answer was. */
export const choiceOf = ({ stance, option_id }: Pick<Given, "stance" | "option_id">): string =>
  option_id ? `${stance}:${option_id}` : stance;

/** `2 agree, 1 objects`; most said first. */
export function tallyWords(given: readonly Pick<Given, "stance">[]): string {
  const said = (Object.keys(STANCES) as Stance[]).map(
    (stance) => [stance, given.filter((each) => each.stance === stance).length] as const,
  );
  return said
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([stance, count]) => `${count} ${count === 1 ? STANCES[stance].one : STANCES[stance].many}`)
    .join(", ");
}

/** Those that are refused without a reason. */
export const needsReason = (value: string): boolean => value === "object" || value === "reject";

/** `Prefers “Stay”`, `Objects`. */
export function stanceWords({ stance, option_id }: Given, options: Options): string {
  const option = options.find(({ id }) => id === option_id);
  return option ? `Prefers “${option.title}”` : STANCES[stance].words;
}
