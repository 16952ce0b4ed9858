import { expect, it } from "vitest";
import { moved } from "./moved";

it("counts what came, what went, and what stands elsewhere", () => {
  expect(moved(["a", "b"], ["a", "b"])).toBe(0);
  expect(moved(["a", "b"], ["a", "b", "c"])).toBe(1);
  expect(moved(["a", "b", "c"], ["b"])).toBe(2);
  expect(moved(["a", "b"], ["b", "a"])).toBe(2);
  expect(moved([], ["a"])).toBe(1);
});
