/** Templates for proposals: questions to answer and usual options. */

import t from "locale:dialogs";
import type { components } from "../api/schema";

type DecisionIn = components["schemas"]["DecisionIn"];
type Start = Partial<Pick<DecisionIn, "context" | "options" | "meeting_minutes">>;

export type TemplateName = "empty" | "tool" | "work" | "money" | "architecture";

interface Template {
  value: TemplateName;
  name: string;
  hint: string;
}

export const templates = (): readonly Template[] => [
  { value: "empty", name: t.blank, hint: t.blankHint },
  { value: "tool", name: t.tool, hint: t.toolHint },
  { value: "work", name: t.work, hint: t.workHint },
  { value: "money", name: t.money, hint: t.moneyHint },
  { value: "architecture", name: t.architecture, hint: t.architectureHint },
];

const STARTS: Record<TemplateName, () => Start> = {
  empty: () => ({}),
  tool: () => ({
    context: questions(t.toolNeed, t.toolMust, t.toolCost, t.toolExit),
    options: [option(t.toolKeep)],
  }),
  work: () => ({
    context: questions(t.workToday, t.workCost, t.workWho, t.workProof),
    options: [option(t.workLeave), option(t.workTry)],
  }),
  money: () => ({
    context: questions(t.moneyFor, t.moneyHowMuch, t.moneyBudget, t.moneyOtherwise),
    options: [option(t.moneySpend), option(t.moneyDontSpend)],
  }),
  architecture: () => ({
    context: questions(
      t.architectureProblem,
      t.architectureDrivers,
      t.architectureGivens,
      t.architectureConsequences,
    ),
    meeting_minutes: 60,
  }),
};

/** What a proposal from that template starts with. */
export const startOf = (template: TemplateName): Start => STARTS[template]();

const option = (title: string) => ({ title, body: "", is_recommended: false });

/** Bold questions in Markdown, with room for the answers. */
const questions = (...all: string[]): string => all.map((text) => `**${text}** `).join("\n\n");
