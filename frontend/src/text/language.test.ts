import { describe, expect, it } from "vitest";
import { languageOf } from "./language";

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
