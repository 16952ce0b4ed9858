import { expect, it } from "vitest";
import { member } from "../../live/fixtures";
import { selectRecipients } from "./select-recipients";

const all = [member("sam"), member("kim"), member("ann")];
const ids = (handles: string[], added: string[] = [], removed: string[] = []) =>
  selectRecipients(all, handles, new Set(added), new Set(removed)).map(({ id }) => id);

it("asks whom the text names, and who was chosen", () => {
  expect(ids(["kim", "nobody"])).toEqual(["kim"]);
  expect(ids(["kim"], ["sam", "kim"])).toEqual(["kim", "sam"]);
});

it("does not ask who was taken out, named or not", () => {
  expect(ids(["kim", "ann"], ["sam"], ["kim"])).toEqual(["ann", "sam"]);
});
