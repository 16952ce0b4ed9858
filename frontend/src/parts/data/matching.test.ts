import { describe, expect, it } from "vitest";
import { rankMatches } from "./matching";

describe("matching", () => {
  const found = (typed: string) =>
    rankMatches(["Ledger", "The ledger", "Fledge", "Other"], typed, (text) => text);

  it("puts beginnings first, then words, then the rest", () => {
    expect(found("ledge")).toEqual(["Ledger", "The ledger", "Fledge"]);
  });

  it("wants every word, and takes signs as they are", () => {
    expect(found("ledger the")).toEqual(["The ledger"]);
    expect(found("(")).toEqual([]);
    expect(rankMatches(["New WEB-3"], "web-3", (text) => text)).toEqual(["New WEB-3"]);
  });
});
