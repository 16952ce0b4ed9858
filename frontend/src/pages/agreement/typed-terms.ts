/** An agreement's terms as typed, and as they are sent. */

import type { Clauses, Draft } from "./data";
import { type Kind, KINDS } from "./terms";

export interface Typed {
  hours: number;
  minutes: number;
}

export interface Terms {
  title: string;
  allowances: Record<Kind, Typed>;
  warn_share: number;
  first_check_minutes: number;
}

export function termsOf({ title, clauses, warn_share, first_check_minutes }: Draft): Terms {
  const typed = KINDS.map((kind) => {
    const seconds = clauses[kind].allowance_s;
    const minutes = Math.floor((seconds % 3600) / 60);
    return [kind, { hours: Math.floor(seconds / 3600), minutes }];
  });
  const allowances = Object.fromEntries(typed) as Terms["allowances"];
  return { title, allowances, warn_share, first_check_minutes };
}

export function termsIn({ allowances, title, ...figures }: Terms) {
  const sent = KINDS.map((kind) => {
    const { hours, minutes } = allowances[kind];
    return [kind, { allowance_s: hours * 3600 + minutes * 60 }];
  });
  return { ...figures, title: title.trim(), clauses: Object.fromEntries(sent) as Clauses };
}
