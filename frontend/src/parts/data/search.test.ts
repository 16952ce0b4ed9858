// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { isTooLong } from "./search";

it("finds no text too long that the server takes", () => {
  expect(isTooLong("a".repeat(200))).toBe(false);
  expect(isTooLong(` ${"a".repeat(200)} `)).toBe(false);
  expect(isTooLong("🦊".repeat(200))).toBe(false);
  expect(isTooLong("a".repeat(201))).toBe(true);
});
