import { describe, expect, it } from "vitest";
import { handleOf, keyOf, slugOf } from "./names";

describe("names", () => {
  it.each([
    ["Acme Studio", "acme-studio"],
    ["  Café & Söhne!  ", "cafe-sohne"],
    ["日本", ""],
    ["--a--", "a"],
    [`${"a".repeat(39)} b`, "a".repeat(39)],
  ])("the short name of %j is %j", (name, short) => {
    expect(slugOf(name)).toBe(short);
  });

  it("makes a handle from the first name, else from the address", () => {
    expect(handleOf("Olena Koval", "ok@example.org")).toBe("olena");
    expect(handleOf("Олена", "ok@example.org")).toBe("ok");
  });

  it.each([
    ["Website", "WEB"],
    ["New client portal", "NCP"],
    ["7 things", "THI"],
    ["日本", ""],
  ])("the key of %j is %j", (name, key) => {
    expect(keyOf(name)).toBe(key);
  });
});
