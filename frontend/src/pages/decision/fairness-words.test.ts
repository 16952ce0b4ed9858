import { expect, it } from "vitest";
import { earliestOf, type Fairness, workingWords } from "./fairness-words";

it("offers a fair deadline that is still fair when it is opened", () => {
  const earliest = {
    at: "2026-05-25T14:50:12Z",
    theirs: "2026-05-25T10:50:12-04:00",
    yours: "2026-05-25T17:50:12+03:00",
    reference: "2026-05-25T17:50:12+03:00",
  };
  expect(earliestOf({ earliest } as Fairness)).toEqual({
    at: "2026-05-25T15:30:00.000Z",
    words: "Mon 25 May 18:30",
  });
  expect(earliestOf({ earliest: null } as Fairness)).toBeNull();
});

it("counts working time in hours, however many", () => {
  expect(workingWords(17 * 3600)).toBe("17 h");
  expect(workingWords(60 * 3600 + 59)).toBe("60 h");
  expect(workingWords(90 * 60)).toBe("1 h 30 min");
});
