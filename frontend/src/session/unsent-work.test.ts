// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { deleteUnsentWork, unsentWorkOf, unsentWorkWords } from "./unsent-work";

beforeEach(() => {
  localStorage.clear();
  for (const name of [
    "dayline:ada:acme:draft:comment:1",
    "dayline:ada:other:draft:new-task:title",
    "dayline:ada:acme:outbox:key-1",
    "dayline:ada:acme:project",
    "dayline:sam:acme:draft:comment:1",
    "dayline-theme",
  ]) {
    localStorage.setItem(name, "x");
  }
});

test("drafts and what waits are counted for one account, in every workspace", () => {
  expect(unsentWorkOf("ada")).toEqual({ drafts: 2, unsent: 1 });
  expect(unsentWorkOf("nobody")).toEqual({ drafts: 0, unsent: 0 });
});

test("what is forgotten is all of that account's, and nothing else", () => {
  deleteUnsentWork("ada");
  expect(unsentWorkOf("ada")).toEqual({ drafts: 0, unsent: 0 });
  expect(localStorage.getItem("dayline:sam:acme:draft:comment:1")).toBe("x");
  expect(localStorage.getItem("dayline-theme")).toBe("x");
  expect(localStorage.getItem("dayline:ada:acme:project")).toBeNull();
});

test.each([
  [{ drafts: 0, unsent: 0 }, ""],
  [{ drafts: 2, unsent: 0 }, "This browser still has your drafts."],
  [{ drafts: 0, unsent: 1 }, "This browser still has 1 message that wasn’t sent."],
  [{ drafts: 1, unsent: 3 }, "This browser still has your drafts and 3 messages that weren’t sent."],
])("%j in words", (kept, words) => {
  expect(unsentWorkWords(kept)).toBe(words);
});
