/** Templates for proposals: questions to answer and usual options. */

import type { components } from "../api/schema";

type DecisionIn = components["schemas"]["DecisionIn"];

export interface Template {
  value: string;
  name: string;
  hint: string;
  begins: Partial<Pick<DecisionIn, "context" | "options" | "meeting_minutes">>;
}

const option = (title: string) => ({ title, body: "", is_recommended: false });

export const TEMPLATES: readonly Template[] = [
  { value: "empty", name: "Empty", hint: "Five points, nothing else.", begins: {} },
  {
    value: "tool",
    name: "Choose a tool",
    hint: "Compare what one could use, with what it costs.",
    begins: {
      context: [
        "**What we need it for:** ",
        "**What it must do:** ",
        "**What it may cost, in money and in time to learn:** ",
        "**How we would get our data out again:** ",
      ].join("\n\n"),
      options: [option("Keep what we have")],
    },
  },
  {
    value: "work",
    name: "Change how we work",
    hint: "A new habit, a rule, who does what.",
    begins: {
      context: [
        "**What happens today:** ",
        "**What that costs us:** ",
        "**Who would do something differently:** ",
        "**How we see after a month whether it helped:** ",
      ].join("\n\n"),
      options: [option("Leave it as it is"), option("Try it for a month")],
    },
  },
  {
    value: "money",
    name: "Spend money",
    hint: "What for, how much, out of which budget.",
    begins: {
      context: [
        "**What for:** ",
        "**How much, once and every month:** ",
        "**Out of which budget:** ",
        "**What happens if we do not:** ",
      ].join("\n\n"),
      options: [option("Spend it"), option("Do not spend it")],
    },
  },
  {
    value: "architecture",
    name: "Architecture record",
    hint: "A technical choice that is hard to take back.",
    begins: {
      context: [
        "**The problem:** ",
        "**What drives the choice:** ",
        "**What we take as given:** ",
        "**What follows, good and bad:** ",
      ].join("\n\n"),
      meeting_minutes: 60,
    },
  },
];
