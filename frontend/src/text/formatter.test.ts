import { h } from "preact";
import { describe, expect, it } from "vitest";
import { compile, parseCatalog } from "../../build/catalog.mjs";
import { PSEUDO } from "../../build/pseudo.mjs";
import { type Formatter, formatterOf } from "./formatter";

type Values = Record<string, unknown>;
type Message = (values: Values) => unknown;

/** What a message makes of values in a language, compiled as the build compiles it. */
function filled(text: string, values: Values, locale = "en-GB", pseudo?: keyof typeof PSEUDO) {
  const parsed = parseCatalog({ key: text });
  const elements = parsed.get("key") ?? [];
  const catalog = pseudo ? new Map([["key", PSEUDO[pseudo](elements)]]) : parsed;
  const code = compile(catalog).replace("export default", "return");
  // oxlint-disable-next-line typescript/no-implied-eval -- the build's own output
  const made = new Function(code)() as (formatter: Formatter) => Record<string, unknown>;
  const message = made(formatterOf(locale))["key"];
  return typeof message === "function" ? (message as Message)(values) : message;
}

describe("a compiled message", () => {
  it("without parameters is a text", () => {
    expect(filled("It’s saved", {})).toBe("It’s saved");
  });

  it("counts by the rules of its language", () => {
    const english = "{count, plural, =0 {No files} one {# file} other {# files}}";
    expect([0, 1, 2, 1200].map((count) => filled(english, { count }))).toEqual([
      "No files",
      "1 file",
      "2 files",
      "1,200 files",
    ]);
    const ukrainian = "{count, plural, one {# файл} few {# файли} many {# файлів} other {# файлу}}";
    expect([1, 2, 5, 21].map((count) => filled(ukrainian, { count }, "uk-UA"))).toEqual([
      "1 файл",
      "2 файли",
      "5 файлів",
      "21 файл",
    ]);
  });

  it("counts the others without the one who is named", () => {
    const text = "{count, plural, offset:1 one {{name}} other {{name} and # more}}";
    expect(filled(text, { count: 3, name: "Ada" })).toBe("Ada and 2 more");
  });

  it("selects, and takes the rest for what it doesn’t know", () => {
    const text = "{role, select, owner {Owner} other {Member}}";
    expect([filled(text, { role: "owner" }), filled(text, { role: "x" })]).toEqual([
      "Owner",
      "Member",
    ]);
  });

  it("becomes nodes if a value is a node", () => {
    const ada = h("b", null, "Ada");
    expect(filled("Decided by {name}", { name: ada })).toEqual(["Decided by ", ada]);
    const board = h("a", null, "the board");
    const link = () => board;
    expect(filled("See <link>the board</link>.", { link })).toEqual(["See ", board, "."]);
  });

  it("inside a plural keeps what others fill", () => {
    const text = "{count, plural, one {{name} has # ask} other {{name} has # asks}}";
    expect(filled(text, { count: 2, name: "Ada" })).toBe("Ada has 2 asks");
  });
});

describe("a catalog", () => {
  it("names the message that is malformed", () => {
    expect(() => parseCatalog({ saved: "{count, plural, one {x}}" })).toThrow('"saved" is malformed');
  });

  it("takes times and dates only as text", () => {
    expect(() => parseCatalog({ due: "Due {at, time}" })).toThrow("already formatted");
  });
});

describe("a pseudo-language", () => {
  it("changes what is in the catalog, and nothing that is filled in", () => {
    const text = "{count, plural, one {# file} other {# files}} of <b>{name}</b>";
    const values = { count: 2, name: "Ada", b: (inner: string) => inner };
    expect(filled(text, values, "en", "en-XA")).toBe("⟦2 ƒîļéš·· öƒ· Ada⟧");
  });

  it("turns each word around", () => {
    expect(filled("Save it", {}, "en", "ar-XB")).toBe("\u202ESave\u202C \u202Eit\u202C");
  });
});
