import { expect, it } from "vitest";
import { handlesIn } from "./mentions";

it("finds whom a text names, each once", () => {
  expect(handlesIn("@Sam, could you and @kim-lee look? Thanks @sam.")).toEqual(["sam", "kim-lee"]);
  expect(handlesIn("(@olena) @j.doe.")).toEqual(["olena", "j.doe"]);
});

it("finds nobody in addresses, code and links", () => {
  expect(handlesIn("mail sam@example.org, or `@kim`")).toEqual([]);
  expect(handlesIn("```\n@kim\n```\nafter @sam")).toEqual(["sam"]);
  expect(handlesIn("```\n@kim never closed")).toEqual([]);
  expect(handlesIn("[see @kim](https://example.org/@kim)")).toEqual([]);
});
