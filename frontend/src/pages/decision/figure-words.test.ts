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
    means: "Within the 24 to 48 hours one aims for.",
  });
  expect(elapsedWords({ elapsed_s: 1500 })).toEqual({
    figure: "25 min",
    means: "Quicker than the 24 to 48 hours one aims for.",
  });
  expect(elapsedWords({ elapsed_s: 49 * 3600 }).means).toMatch(/^Longer/);
});

it("says the work of all beside 30 to 45 person-minutes, and who did not say theirs", () => {
  expect(minutesWords(figures)).toEqual({
    figure: "35 person-minutes",
    means: "Within the 30 to 45 person-minutes one aims for. 4 of 5 people said what it took them.",
  });
  expect(minutesWords({ ...figures, told_by: 0, person_minutes: 0 }).figure).toBe("Not said");
  expect(minutesWords({ ...figures, told_by: 5 }).means).not.toContain("of 5");
});

it("sets the meeting that was spared beside it", () => {
  expect(meetingWords(figures)).toEqual({
    figure: "150 person-minutes",
    means: "5 people for 30 minutes each: 115 more than this took.",
  });
  expect(meetingWords({ ...figures, person_minutes: 160 }).means).toContain("10 fewer");
});
