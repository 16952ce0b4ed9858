// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { member, reference, snapshot, task } from "../../live/fixtures";
import { boardOf } from "../../live/reduce";
import { initialsOf } from "../people/avatar";
import { complete, completionsFor, triggerAt } from "./completions";
import { DraftStore } from "./draft";
import { rankMatches } from "../data/matching";

describe("what an editor offers", () => {
  it.each([
    ["Hello @sa", { kind: "@", word: "sa" }],
    ["See #", { kind: "#", word: "" }],
    ["mail@sam", null],
    ["## ", null],
    ["#", null],
    ["in `code @sa", null],
    ["See [[How VAT", { kind: "[[", word: "How VAT" }],
    ["[[", { kind: "[[", word: "" }],
    ["[[C #", { kind: "[[", word: "C #" }],
    ["[[VAT]] ", null],
    ["`[[VA", null],
  ])("behind %j is %j", (text, trigger) => {
    expect(triggerAt(text, text.length)).toEqual(trigger);
  });

  it("are people by handle or name, and tasks by key or title", () => {
    const board = boardOf(
      snapshot({
        members: [member("sam"), { ...member("ann"), name: "Samira" }, member("olena")],
        tasks: [task("1", { title: "Invoices" }), task("2", { title: "Sums" })],
      }),
    );
    const inserts = (kind: "@" | "#", word: string) =>
      completionsFor({ kind, word }, board).map((offered) => offered.inserts);
    expect(inserts("@", "sam")).toEqual(["@sam", "@ann"]);
    expect(inserts("#", "inv")).toEqual(["ABC-1"]);
    expect(inserts("#", "ABC-2")).toEqual(["ABC-2"]);
  });

  it("are references by what they are and were called", () => {
    const board = boardOf(
      snapshot({
        references: [
          reference("1", { title: "VAT in the EU", former_titles: ["Taxes"] }),
          reference("2", { title: "Releases" }),
        ],
      }),
    );
    const offered = completionsFor({ kind: "[[", word: "tax" }, board);
    expect(offered.map(({ inserts }) => inserts)).toEqual(["[[VAT in the EU]]"]);
  });

  it("takes the place of a title and of the brackets that stand there", () => {
    const taken = complete("See [[va]] now", 8, "[[VAT $& co]]");
    expect(taken).toEqual({ text: "See [[VAT $& co]] now", caret: 18 });
  });

  it("takes the place of what was typed", () => {
    expect(complete("Hi @sa, look", 6, "@sam")).toEqual({ text: "Hi @sam , look", caret: 8 });
  });
});

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

describe("a draft", () => {
  it("is kept while it differs from what was there", () => {
    const store = new DraftStore("d", "", localStorage);
    store.write("half a thou");
    expect(new DraftStore("d", "", localStorage).read()).toBe("half a thou");
    store.write("");
    expect(localStorage.getItem("d")).toBeNull();
  });
});

it.each([
  ["Olena Koval", "OK"],
  ["Sam", "S"],
  ["Ana María de la Vega", "AV"],
  ["田中 ゆき", "田ゆ"],
])("the initials of %s are %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
