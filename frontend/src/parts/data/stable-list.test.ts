import { expect, it } from "vitest";
import { countMoved } from "./stable-list";

it("counts what came, what went, and what stands elsewhere", () => {
  expect(countMoved(["a", "b"], ["a", "b"])).toBe(0);
  expect(countMoved(["a", "b"], ["a", "b", "c"])).toBe(1);
  expect(countMoved(["a", "b", "c"], ["b"])).toBe(2);
  expect(countMoved(["a", "b"], ["b", "a"])).toBe(2);
  expect(countMoved([], ["a"])).toBe(1);
});
