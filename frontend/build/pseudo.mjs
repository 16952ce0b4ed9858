/**
 * Pseudo-languages, made from English, which show what a translation would break: `en-XA` has
 * accented letters, is 40 % longer and stands in brackets; `ar-XB` runs from right to left.
 */

import { TYPE } from "@formatjs/icu-messageformat-parser";

const PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ACCENTED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";
const LETTERS = new Map(PLAIN.split("").map((letter, at) => [letter, ACCENTED[at]]));
const FILLING = "·";
/** Unicode's right-to-left override and its end. */
const [TURNED, BACK] = ["\u202E", "\u202C"];

export const PSEUDO = { "en-XA": accented, "ar-XB": mirrored };

/** A parsed message with accents, in brackets. */
function accented(elements) {
  return [literal("⟦"), ...changed(elements, lengthened), literal("⟧")];
}

/** A parsed message that reads from right to left. */
function mirrored(elements) {
  return changed(elements, (text) => text.replaceAll(/\S+/g, (word) => `${TURNED}${word}${BACK}`));
}

/** `Save` → `Šåṽé··`: a filling of 40 % after the words. */
function lengthened(text) {
  const letters = text.replaceAll(/[A-Za-z]/g, (letter) => LETTERS.get(letter));
  const filling = FILLING.repeat(Math.round(text.trim().length * 0.4));
  return letters.replace(/\s*$/, (end) => filling + end);
}

const literal = (value) => ({ type: TYPE.literal, value });

/** The elements with every literal text changed, also inside options and tags. */
function changed(elements, change) {
  return elements.map((element) => {
    if (element.type === TYPE.literal) return literal(change(element.value));
    if (element.type === TYPE.tag) return { ...element, children: changed(element.children, change) };
    if (!element.options) return element;
    const options = Object.entries(element.options).map(([name, option]) => [
      name,
      { ...option, value: changed(option.value, change) },
    ]);
    return { ...element, options: Object.fromEntries(options) };
  });
}
