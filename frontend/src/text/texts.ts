/**
 * The texts of the current language, an area at a time. A module that imports `locale:task` makes
 * the area `task` known; `loadTexts` fetches what is known and not loaded yet.
 */

import catalogs from "locale:all";
import { Chunk } from "../parts/lazy/chunk";
import { type Formatter, formatterOf } from "./formatter";
import { language, locale } from "./language";

type Texts = Record<string, unknown>;
type Compiled = (formatter: Formatter) => Texts;

const formatter = formatterOf(locale());
const chunks = new Map<string, Chunk<Compiled>>();
const loaded = new Map<string, Texts>();

/** The texts of an area. Reading one before `loadTexts` has loaded the area throws. */
export function textsOf(area: string): Texts {
  if (!chunks.has(area)) chunks.set(area, new Chunk(loaderOf(area)));
  return new Proxy<Texts>({}, { get: (_, key) => textOf(area, key) });
}

function textOf(area: string, key: string | symbol): unknown {
  const text = loaded.get(area)?.[String(key)];
  if (text === undefined && typeof key === "string") {
    throw new Error(`The text "${area}.${key}" doesn't exist, or was read before it was loaded.`);
  }
  return text;
}

function loaderOf(area: string): () => Promise<{ default: Compiled }> {
  const load = catalogs[language]?.[area];
  if (!load) throw new Error(`The language ${language} has no catalog "${area}".`);
  return load;
}

/** Load all known areas. Throws an error if one can't be fetched, also after some tries. */
export async function loadTexts(): Promise<void> {
  await Promise.all([...chunks].filter(([area]) => !loaded.has(area)).map(loadArea));
}

async function loadArea([area, chunk]: [string, Chunk<Compiled>]): Promise<void> {
  await chunk.need();
  const compiled = chunk.loaded.peek();
  if (!compiled) throw new Error(`The texts of "${area}" couldn't be fetched.`);
  loaded.set(area, compiled(formatter));
}
