/** The language of the pages, chosen once when they load. */

const STORAGE_KEY = "dayline-language";

interface Language {
  /** Its own name for itself; pseudo-languages have none and are not offered. */
  name?: string;
  /** The BCP 47 tag whose dates and numbers it uses. */
  locale: string;
  isRightToLeft?: boolean;
}

/** The languages that have catalogs. The pseudo-languages show what a translation would break. */
export const LANGUAGES = {
  en: { name: "English", locale: "en-GB" },
  de: { name: "Deutsch", locale: "de-DE" },
  uk: { name: "Українська", locale: "uk-UA" },
  "en-XA": { locale: "el-GR" },
  "ar-XB": { locale: "he-IL", isRightToLeft: true },
} as const satisfies Record<string, Language>;

export type LanguageCode = keyof typeof LANGUAGES;

/** The languages that can be chosen. */
export const namedLanguages = ["en", "de", "uk"] as const satisfies readonly LanguageCode[];

const isKnown = (code: string | null | undefined): code is LanguageCode =>
  code !== null && code !== undefined && Object.hasOwn(LANGUAGES, code);

/** The language of these pages. */
export const language: LanguageCode = languageOf(
  globalThis.localStorage?.getItem(STORAGE_KEY), // unit tests may run without a browser
  globalThis.navigator?.languages,
);

/** The stored choice, else the first of the browser's languages that has catalogs, else English. */
export function languageOf(
  stored: string | null | undefined,
  preferred: readonly string[] = [],
): LanguageCode {
  return isKnown(stored) ? stored : (firstKnown(preferred) ?? "en");
}

function firstKnown(tags: readonly string[]): LanguageCode | undefined {
  return tags.map((tag) => tag.split("-")[0]).find(isKnown);
}

const current: Language = LANGUAGES[language];

/** The tag for `Intl`: `en-GB`. */
export const locale = (): string => current.locale;

/** Say the language and its direction on the document. */
export function applyLanguage(root = document.documentElement): void {
  root.lang = language;
  root.dir = current.isRightToLeft ? "rtl" : "ltr";
}

/**
 * Use the language of the account, else the browser's, else the workspace's, as far as they are
 * known. Reloads the page if it is another than the current one. A pseudo-language stays: nobody can
 * choose it.
 */
export function followLanguage(chosen: string | null | undefined, workspace?: string): void {
  const wanted = [chosen, firstKnown(navigator.languages), workspace].find(isKnown);
  if (current.name === undefined || wanted === undefined) return;
  localStorage.setItem(STORAGE_KEY, wanted);
  if (wanted !== language) location.reload();
}
