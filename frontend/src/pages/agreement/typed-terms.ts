/** An agreement's terms as typed, and as they are sent. */

import type { Clauses, Draft, Step } from "./data";
import { type Kind, KINDS } from "./terms";

export interface Typed {
  hours: number;
  minutes: number;
}

export interface TypedStep extends Typed {
  to: Step["to"];
}

export interface Terms {
  title: string;
  allowances: Record<Kind, Typed>;
  steps: Record<Kind, readonly TypedStep[]>;
  warn_share: number;
  first_check_minutes: number;
}

export function termsOf({ title, clauses, warn_share, first_check_minutes }: Draft): Terms {
  const typed = KINDS.map((kind) => [kind, typedOf(clauses[kind].allowance_s)]);
  const stepped = KINDS.map((kind) => [
    kind,
    (clauses[kind].escalation ?? []).map(({ to, allowance_s }) => ({ to, ...typedOf(allowance_s) })),
  ]);
  const allowances = Object.fromEntries(typed) as Terms["allowances"];
  const steps = Object.fromEntries(stepped) as Terms["steps"];
  return { title, allowances, steps, warn_share, first_check_minutes };
}

function typedOf(seconds: number): Typed {
  return { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) };
}

const secondsIn = ({ hours, minutes }: Typed): number => hours * 3600 + minutes * 60;

export function termsIn({ allowances, steps, title, ...figures }: Terms) {
  const sent = KINDS.map((kind) => {
    const escalation = steps[kind].map((step) => ({ to: step.to, allowance_s: secondsIn(step) }));
    return [kind, { allowance_s: secondsIn(allowances[kind]), escalation }];
  });
  return { ...figures, title: title.trim(), clauses: Object.fromEntries(sent) as Clauses };
}
