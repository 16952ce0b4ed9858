/** What a compiled catalog needs to fill its messages in one language. */

import type { ComponentChildren } from "preact";

type Part = ComponentChildren;
type Options = Record<string, () => Part>;

export interface Formatter {
  /** The parts of a message: one text, or nodes if one of them is a node. */
  join: (parts: Part[]) => Part;
  number: (value: number) => string;
  /** The option for a count: `=0` before `one` before `other`. The rule sees `count - offset`. */
  plural: (count: number, options: Options, offset?: number) => Part;
  select: (value: string, options: Options) => Part;
}

/** A formatter by the rules of a locale, a BCP 47 tag. */
export function formatterOf(locale: string): Formatter {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const select = (value: string, options: Options): Part => (options[value] ?? options["other"])?.();
  return {
    join,
    number: (value) => numbers.format(value),
    plural: (count, options, offset = 0) =>
      select(options[`=${count}`] ? `=${count}` : rules.select(count - offset), options),
    select,
  };
}

function join(parts: Part[]): Part {
  const all = parts.flat();
  return all.every((part) => typeof part === "string" || typeof part === "number")
    ? all.join("")
    : all;
}
