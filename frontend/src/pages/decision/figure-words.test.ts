import { expect, it } from "vitest";
import { elapsedWords, meetingWords, minutesWords } from "./figure-words";

const figures = {
  elapsed_s: 31 * 3600,
  person_minutes: 35,
  told_by: 4,
  people: 5,
  meeting_minutes: 30,
  meeting_person_minutes: 150,
};

it("says how long a decision took beside 24 to 48 hours", () => {
  expect(elapsedWords(figures)).toEqual({
    figure: "31 h",
    means: "Within the 24–48 h target.",
  });
  expect(elapsedWords({ elapsed_s: 1500 })).toEqual({
    figure: "25 min",
    means: "Faster than the 24–48 h target.",
  });
  expect(elapsedWords({ elapsed_s: 49 * 3600 }).means).toMatch(/^Slower/);
});

it("says everyone's total time beside 30 to 45 minutes, and how many logged theirs", () => {
  expect(minutesWords(figures)).toEqual({
    figure: "35 min",
    means: "Within the 30–45 min target. 4 of 5 people logged their time.",
  });
  expect(minutesWords({ ...figures, told_by: 0, person_minutes: 0 }).figure).toBe("Not logged");
  expect(minutesWords({ ...figures, told_by: 5 }).means).not.toContain("of 5");
});

it("compares that with the meeting it replaced", () => {
  expect(meetingWords(figures)).toEqual({
    figure: "150 min",
    means: "5 people for 30 min each. This took 115 min less.",
  });
  expect(meetingWords({ ...figures, person_minutes: 160 }).means).toContain("10 min more");
});
