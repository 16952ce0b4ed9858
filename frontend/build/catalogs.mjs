/** Reads the catalogs in `locales/<language>/<area>.json`. */

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseCatalog } from "./catalog.mjs";
import { PSEUDO } from "./pseudo.mjs";

export const FOLDER = fileURLToPath(new URL("../locales", import.meta.url));
const SOURCE = "en";

export const areas = () =>
  readdirSync(`${FOLDER}/${SOURCE}`)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .toSorted();

/** The translated languages, and the pseudo-languages, which are made from English. */
export const languages = () => [...readdirSync(FOLDER).toSorted(), ...Object.keys(PSEUDO)];

/** The files that a catalog is made of. */
export const filesOf = (language, area) =>
  [SOURCE, ...(language === SOURCE || language in PSEUDO ? [] : [language])].map(
    (source) => `${FOLDER}/${source}/${area}.json`,
  );

/** A parsed catalog. English stands in for messages that a language lacks. */
export function catalogOf(language, area) {
  const texts = Object.assign({}, ...filesOf(language, area).map(read));
  const parsed = parseCatalog(texts);
  const change = PSEUDO[language];
  return change ? new Map([...parsed].map(([key, elements]) => [key, change(elements)])) : parsed;
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (fault) {
    if (fault.code === "ENOENT") return {};
    throw new Error(`${path}: ${fault.message}`, { cause: fault });
  }
}
