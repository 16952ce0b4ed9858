// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { member, reference, snapshot, task } from "../../live/fixtures";
import { boardOf } from "../../live/reduce";
import { complete, completionsFor, triggerAt } from "./completions";

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
