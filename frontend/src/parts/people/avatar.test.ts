import { expect, it } from "vitest";
import { initialsOf } from "./avatar";

it.each([
  ["Olena Koval", "OK"],
  ["Sam", "S"],
  ["Ana María de la Vega", "AV"],
  ["田中 ゆき", "田ゆ"],
])("the initials of %s are %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
