/** Lists and numbers in the language of the pages. */

import { locale } from "./language";

export { locale };

const lists = new Intl.ListFormat(locale(), { type: "conjunction" });
const numbers = new Intl.NumberFormat(locale());

/** `["Ada", "Kenji", "Taras"]` → `Ada, Kenji and Taras`. */
export const list = (items: readonly string[]): string => lists.format(items);

/** `1234.5` → `1,234.5`. */
export const number = (value: number): string => numbers.format(value);
