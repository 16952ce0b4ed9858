import { expect, it } from "vitest";
import { member, snapshot } from "../../live/fixtures";
import { boardOf } from "../../live/reduce";
import { type Explanation, historyWords, timesWords } from "./explanations";

const on = (date: string, explained_by: string) =>
  ({ explained_local: `${date}T10:00:00+03:00`, explained_by }) as Explanation;

it("says when a subject was explained, and by whom", () => {
  const board = boardOf(
    snapshot({ members: [{ ...member("o"), name: "Olena K" }, { ...member("s"), name: "Sam" }] }),
  );
  const both = [on("2026-05-04", "o"), on("2026-05-11", "s")];
  expect(historyWords(both, board)).toBe("4 May by Olena and 11 May by Sam");
  expect(historyWords(both, board, 1)).toBe("1 earlier and 11 May by Sam");
  expect(historyWords([on("2026-05-04", "gone")], board)).toBe("4 May");
});

it("counts in words", () => {
  expect([1, 2, 3].map(timesWords)).toEqual(["once", "twice", "3 times"]);
});
