import { expect, it } from "vitest";
import { pointsOf, type Typed } from "./points";

const whole: Typed = { context: "Files do not scale.", recommendation: "Take it.", options: 2 };
const missingIn = (...[missing, typed]: Parameters<typeof pointsOf>) =>
  pointsOf(missing, typed).flatMap((point) => point.missing);

it("ticks what is typed before it is saved", () => {
  const told = { point: "context", field: "context", reason: "Say something." } as const;
  expect(missingIn([told], whole)).toEqual([]);
  expect(missingIn([], { ...whole, context: " \n" })).toEqual([
    "Describe what people need to know to have an opinion.",
  ]);
  expect(missingIn([], { ...whole, options: 1 })).toEqual(["Add at least two options."]);
});

it("says what the server misses of people and the deadline", () => {
  expect(
    missingIn(
      [
        { point: "authority", field: "decider_id", reason: "Pick who decides." },
        { point: "deadline", field: "input_due_at", reason: "Pick a time in the future." },
      ],
      whole,
    ),
  ).toEqual(["Pick who decides.", "Pick a time in the future."]);
});
