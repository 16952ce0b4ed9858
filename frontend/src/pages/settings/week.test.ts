import { expect, test } from "vitest";
import { byDay, crossesMidnight, daysWords, nextInterval, type Week, weekWords } from "./week";

const nine = [{ start: "09:00", end: "17:00" }];
const week: Week = { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine, sat: [], sun: [] };

test("days with the same hours are said together", () => {
  expect(weekWords(week)).toBe("Mon–Fri 09:00–17:00 · Sat and Sun off");
  expect(weekWords({ ...week, wed: [] })).toBe(
    "Mon, Tue, Thu and Fri 09:00–17:00 · Wed, Sat and Sun off",
  );
});

test("days are said in the order of the week", () => {
  expect(daysWords(["wed", "mon"])).toBe("Mon and Wed");
});

test("hours that end at or before their start end on the next date", () => {
  expect(crossesMidnight({ start: "22:00", end: "02:00" })).toBe(true);
  expect(crossesMidnight({ start: "22:00", end: "24:00" })).toBe(false);
});

test("the next hours of a day come behind those that it has", () => {
  expect(nextInterval([])).toEqual({ start: "09:00", end: "17:00" });
  expect(nextInterval(nine)).toEqual({ start: "18:00", end: "19:00" });
});

test("a refused interval is said by its day", () => {
  const errors = [{ field: "weekly.tue.0", reason: "Overlaps weekly.mon.0." }];
  const problem = { type: "t", title: "Some fields were refused.", status: 422, errors };
  expect(byDay(problem).errors).toEqual([{ field: "weekly", reason: "Tuesday: Overlaps Monday." }]);
});
