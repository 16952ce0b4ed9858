import { expect, it } from "vitest";
import { choiceOf, choicesFor, saidBy, tallyWords } from "./stances";

const option = (id: string, title: string, is_recommended: boolean) =>
  ({ id, title, is_recommended }) as Parameters<typeof choicesFor>[1][number];
const options = [option("a", "Move", true), option("b", "Stay", false)];

it("offers every option but the recommended one, which people agree with", () => {
  const values = choicesFor("input", options).map(({ value }) => value);
  expect(values).toEqual(["agree", "prefer:b", "object", "abstain"]);
  expect(choicesFor("approval", options).map(({ value }) => value)).toEqual(["approve", "reject"]);
});

it("sends what was chosen, and shows it chosen again", () => {
  expect(saidBy("prefer:b")).toEqual({ stance: "prefer", option_id: "b" });
  expect(saidBy("object")).toEqual({ stance: "object", option_id: null });
  expect(choiceOf({ stance: "prefer", option_id: "b" })).toBe("prefer:b");
  expect(choiceOf({ stance: "agree", option_id: null })).toBe("agree");
});

it("counts what was said, the most said first", () => {
  const said = ["object", "agree", "agree"] as const;
  expect(tallyWords(said.map((stance) => ({ stance })))).toBe("2 agree and 1 objects");
  expect(tallyWords([])).toBe("");
});
