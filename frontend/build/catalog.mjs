/**
 * Compiles message catalogs (ICU MessageFormat in JSON) into modules: a message without parameters
 * becomes a string, one with parameters a function of an object.
 */

import { parse, TYPE } from "@formatjs/icu-messageformat-parser";

/**
 * Parse a catalog. Returns the messages by key, each as an array of elements.
 * Throws an error that names the key if a message is malformed or uses what the pages don't need.
 */
export function parseCatalog(texts) {
  return new Map(Object.entries(texts).map(([key, text]) => [key, parseMessage(key, text)]));
}

function parseMessage(key, text) {
  try {
    const elements = parse(text, { captureLocation: false });
    parametersOf(elements);
    return elements;
  } catch (fault) {
    throw new Error(`The message "${key}" is malformed: ${fault.message}`, { cause: fault });
  }
}

/** The parameters of a message by name: `text`, `number`, `select` or `tag`. */
export function parametersOf(elements) {
  const found = new Map();
  for (const element of elements) {
    const kind = KINDS[element.type];
    if (kind === undefined) throw new Error(`pass ${element.value} already formatted`);
    if (kind) found.set(element.value, kind);
    for (const child of childrenOf(element)) {
      for (const [name, inner] of parametersOf(child)) found.set(name, found.get(name) ?? inner);
    }
  }
  return found;
}

/** What a parameter is, by the element that names it; null for elements without one. */
const KINDS = {
  [TYPE.literal]: null,
  [TYPE.pound]: null,
  [TYPE.argument]: "text",
  [TYPE.number]: "number",
  [TYPE.plural]: "number",
  [TYPE.select]: "select",
  [TYPE.tag]: "tag",
};

/** The messages inside an element: the options of a plural or select, and what a tag encloses. */
export function childrenOf(element) {
  if (element.type === TYPE.tag) return [element.children];
  return Object.values(element.options ?? {}).map((option) => option.value);
}

/** The module of a parsed catalog: its default export takes the language's `Formatter`. */
export function compile(catalog) {
  const lines = [...catalog].map(
    ([key, elements]) => `${JSON.stringify(key)}: ${messageCode(elements)},`,
  );
  return `export default (f) => ({\n${lines.join("\n")}\n});\n`;
}

function messageCode(elements) {
  return parametersOf(elements).size ? `(v) => ${partsCode(elements)}` : partsCode(elements);
}

function partsCode(elements, counted = "") {
  const parts = elements.map((element) => partCode(element, counted));
  if (parts.length === 0) return '""';
  const isText = elements.length === 1 && elements[0].type === TYPE.literal;
  return isText ? parts[0] : `f.join([${parts.join(", ")}])`;
}

function partCode(element, counted) {
  const value = `v[${JSON.stringify(element.value)}]`;
  switch (element.type) {
    case TYPE.literal:
      return JSON.stringify(element.value);
    case TYPE.pound:
      return `f.number(${counted})`;
    case TYPE.number:
      return `f.number(${value})`;
    case TYPE.plural: {
      const offset = element.offset ? `, ${element.offset}` : "";
      const shown = element.offset ? `${value} - ${element.offset}` : value;
      return `f.plural(${value}, ${optionsCode(element, shown)}${offset})`;
    }
    case TYPE.select:
      return `f.select(${value}, ${optionsCode(element, counted)})`;
    case TYPE.tag:
      return `${value}(${partsCode(element.children, counted)})`;
    default:
      return value;
  }
}

function optionsCode(element, counted) {
  const options = Object.entries(element.options).map(
    ([name, option]) => `${JSON.stringify(name)}: () => ${partsCode(option.value, counted)}`,
  );
  return `{ ${options.join(", ")} }`;
}
