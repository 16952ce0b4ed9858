/** Writes the types of the catalogs to `src/text/locales.d.ts`; `--check` only compares. */

import { readFileSync, writeFileSync } from "node:fs";
import { areas, catalogOf, languages } from "./catalogs.mjs";
import { parametersOf } from "./catalog.mjs";

const FILE = new URL("../src/text/locales.d.ts", import.meta.url);
/** The type of a parameter's value; `own` is a type variable for what can be a node. */
const TYPES = {
  text: (own) => own,
  number: () => "number",
  select: () => "string",
  tag: (own) => `(text: MessageValue) => ${own}`,
};

const HEAD = `// Written from the English catalogs by \`npm run locales\`.

/** What a message's parameter takes: text, or a node inside the sentence. */
type MessageValue = import("preact").ComponentChildren;
/** A message filled with values: text, unless one of them is a node. */
type Filled<V> = [V] extends [string | number] ? string : import("preact").ComponentChildren;

declare module "locale:all" {
  type Load = () => Promise<{ default: (formatter: any) => Record<string, unknown> }>;
  const all: Record<string, Record<string, Load>>;
  export default all;
}
`;

function areaTypes(area) {
  const lines = [...catalogOf("en", area)].map(
    ([key, elements]) => `    readonly ${key}: ${messageType(parametersOf(elements))};`,
  );
  return `
declare module "locale:${area}" {
  const t: {
${lines.join("\n")}
  };
  export default t;
}
`;
}

function messageType(parameters) {
  if (parameters.size === 0) return "string";
  const variables = [];
  const values = [...parameters].map(([name, kind], at) => {
    const own = `V${at}`;
    if (kind === "text" || kind === "tag") variables.push(own);
    return `${name}: ${TYPES[kind](own)}`;
  });
  const taken = `(values: { ${values.join("; ")} })`;
  if (variables.length === 0) return `${taken} => string`;
  const bounds = variables.map((own) => `${own} extends MessageValue`).join(", ");
  return `<${bounds}>${taken} => Filled<${variables.join(" | ")}>`;
}

/** What a translation has that English lacks, or whose parameters differ. */
function faultsOf(language, area) {
  const english = catalogOf("en", area);
  return [...catalogOf(language, area)].flatMap(([key, elements]) => {
    const expected = english.get(key);
    const place = `locales/${language}/${area}.json, ${key}`;
    if (!expected) return [`${place}: English has no such message.`];
    const [names, wanted] = [elements, expected].map(namesIn);
    return names === wanted ? [] : [`${place}: has the parameters (${names}), English (${wanted}).`];
  });
}

const namesIn = (elements) => [...parametersOf(elements).keys()].toSorted((a, b) => a.localeCompare(b)).join(", ");

const types = HEAD + areas().map(areaTypes).join("");
const faults = languages().flatMap((language) => areas().flatMap((area) => faultsOf(language, area)));
if (process.argv.includes("--check")) {
  if (readFileSync(FILE, "utf8") !== types) {
    faults.push("src/text/locales.d.ts is out of date: run `npm run locales`.");
  }
} else {
  writeFileSync(FILE, types);
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;
