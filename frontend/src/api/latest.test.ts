import { expect, test } from "vitest";
import { LatestRequest } from "./latest";

test("an answer is news until a later request was answered", () => {
  const newest = new LatestRequest();
  const [first, second, third] = [newest.start(), newest.start(), newest.start()];
  expect([second(), first(), third(), second()]).toEqual([true, false, true, false]);
});

test("nothing that was asked for before is news once something newer is known", () => {
  const newest = new LatestRequest();
  const before = newest.start();
  newest.supersede();
  const after = newest.start();
  expect([before(), after()]).toEqual([false, true]);
});
