import catalogs from "locale:all";
import { describe, expect, it } from "vitest";
import { LANGUAGES, languageOf, namedLanguages } from "./language";

it("knows every language that has catalogs, and offers those with a name", () => {
  expect(Object.keys(LANGUAGES).toSorted()).toEqual(Object.keys(catalogs).toSorted());
  const named = Object.entries(LANGUAGES).filter(([, language]) => "name" in language);
  expect([...namedLanguages]).toEqual(named.map(([code]) => code));
});

describe("the language of the pages", () => {
  it("is the stored choice", () => {
    expect(languageOf("uk", ["de-DE"])).toBe("uk");
  });

  it("else the first of the browser's that has catalogs", () => {
    expect(languageOf(null, ["fr-FR", "de-CH", "en-US"])).toBe("de");
  });

  it("else English", () => {
    expect([languageOf("xx", ["fr"]), languageOf(null)]).toEqual(["en", "en"]);
  });
});
