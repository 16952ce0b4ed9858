import { expect, it } from "vitest";
import { newsWords } from "./news-words";

it("says what happened and who did it", () => {
  const kinds = { "message.posted": 3, "topic.resolved": 1, "timer.started": 2 };
  expect(newsWords(kinds, ["Sam"])).toBe("3 messages, resolved · Sam");
  expect(newsWords({ "task.changed": 1 }, ["Sam", "Olena"])).toBe("changed once · Sam and Olena");
  expect(newsWords({ "task.created": 1 }, ["A", "B", "C"])).toBe("created · A, B and 1 more");
  expect(newsWords({ "decision.opened": 1 }, ["Sam"])).toBe("open for input · Sam");
  expect(newsWords({ "timer.started": 2 }, [])).toBe("changed");
});

it("says of a task that it is done or cancelled, where its topic was resolved", () => {
  const kinds = { "task.created": 1, "task.changed": 4, "topic.resolved": 1 };
  expect(newsWords(kinds, [], "done")).toBe("created, changed 4 times, done");
  expect(newsWords({ "topic.resolved": 1 }, [], "cancelled")).toBe("cancelled");
  expect(newsWords(kinds, [])).toBe("created, changed 4 times, resolved");
});
