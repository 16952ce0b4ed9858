import { expect, test } from "vitest";
import { Newest } from "./latest";

test("an answer is news until a later request was answered", () => {
  const newest = new Newest();
  const [first, second, third] = [newest.ask(), newest.ask(), newest.ask()];
  expect([second(), first(), third(), second()]).toEqual([true, false, true, false]);
});

test("nothing that was asked for before is news once something newer is known", () => {
  const newest = new Newest();
  const before = newest.ask();
  newest.settle();
  const after = newest.ask();
  expect([before(), after()]).toEqual([false, true]);
});
