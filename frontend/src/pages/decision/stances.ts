/** What stakeholders answer, in words and with an icon, because colour alone says nothing. */

import {
  ArrowRightLeft,
  Check,
  CircleMinus,
  CircleX,
  type IconNode,
  OctagonX,
  ShieldCheck,
} from "lucide";
import t from "locale:decision";
import type { components } from "../../api/schema";
import type { Tone } from "../../parts/ui/chip";
import { list } from "../../text/format";

type Schemas = components["schemas"];
export type Given = Schemas["InputOut"];
type Options = readonly Schemas["OptionOut"][];
type Stance = Schemas["Stance"];

interface Look {
  tone: Tone;
  icon: IconNode;
}

export const STANCES: Record<Stance, Look> = {
  agree: { tone: "good", icon: Check },
  prefer: { tone: "info", icon: ArrowRightLeft },
  object: { tone: "bad", icon: CircleX },
  abstain: { tone: "plain", icon: CircleMinus },
  approve: { tone: "good", icon: ShieldCheck },
  reject: { tone: "bad", icon: OctagonX },
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
  const choice = (stance: Stance) => ({ value: stance, words: t.choice({ stance }) });
  if (asked === "approval") return [choice("approve"), choice("reject")];
  const others = options.filter(({ is_recommended }) => !is_recommended);
  const prefer = others.map(({ id, title }) => ({
    value: `prefer:${id}`,
    words: t.prefer({ option: title }),
  }));
  return [choice("agree"), ...prefer, choice("object"), choice("abstain")];
}

/** What a choice means to the server. */
export function saidBy(value: string): { stance: Stance; option_id: string | null } {
  const [stance, option] = value.split(":");
  return { stance: stance as Stance, option_id: option ?? null };
}

/** The choice that an answer was. */
export const choiceOf = ({ stance, option_id }: Pick<Given, "stance" | "option_id">): string =>
  option_id ? `${stance}:${option_id}` : stance;

/** `2 agree and 1 objects`, the most frequent first. */
export function tallyWords(given: readonly Pick<Given, "stance">[]): string {
  const said = (Object.keys(STANCES) as Stance[]).map(
    (stance) => [stance, given.filter((each) => each.stance === stance).length] as const,
  );
  const counts = said.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  return list(counts.map(([stance, count]) => t.tally({ stance, count })));
}

/** Whether the server refuses this choice without a reason. */
export const needsReason = (value: string): boolean => value === "object" || value === "reject";

/** `Prefers “Stay”`, `Objects`. */
export function stanceWords({ stance, option_id }: Given, options: Options): string {
  const option = options.find(({ id }) => id === option_id);
  return option ? t.prefers({ option: option.title }) : t.stance({ stance });
}

/** `You prefer “Stay”.`, `You object.` */
export function answeredWords({ stance, option_id }: Given, options: Options): string {
  const option = options.find(({ id }) => id === option_id)?.title ?? "";
  return t.youAnswered({ stance, option });
}
