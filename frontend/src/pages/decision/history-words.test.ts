import { expect, it } from "vitest";
import { historyWords } from "./history-words";

it("says what happened to a decision", () => {
  expect(historyWords({ kind: "decision.opened", changed: [] })).toBe("opened the decision for input");
  const changed = ["title", "context", "decider_id"];
  expect(historyWords({ kind: "decision.changed", changed })).toBe(
    "changed the title, the context and the decider",
  );
  expect(historyWords({ kind: "decision.changed", changed: ["title"] })).toBe("changed the title");
});
