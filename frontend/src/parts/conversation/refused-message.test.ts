import { describe, expect, it } from "vitest";
import { refusedMessage } from "./refused-message";

const problem = (...fields: string[]) => ({
  type: "urn:dayline:problem:invalid",
  title: "Some fields need changes.",
  status: 422,
  errors: fields.map((field) => ({ field, reason: `Why ${field}` })),
});

describe("a message that was refused", () => {
  it("is sent without the questions that ended, and asks no one instead", () => {
    const message = { body: "Yes", asks: null, answers: ["a", "b", "c"] };
    const { mended } = refusedMessage(message, problem("answers.0", "answers.2"));
    expect(mended).toEqual({ body: "Yes", asks: [], answers: ["b"] });
  });

  it("is sent with mentions as text", () => {
    const message = { body: "Hi @kenji", answers: [] };
    const { mended } = refusedMessage(message, problem("body"));
    expect(mended).toEqual({ ...message, kept_as_text: ["kenji"] });
  });

  it("has to be edited if something else is wrong", () => {
    const { words, mended } = refusedMessage({ body: "Hi" }, problem("body"));
    expect(words).toBe("Some fields need changes. Why body");
    expect(mended).toBeNull();
    const more = { body: "Yes", answers: ["a"] };
    expect(refusedMessage(more, problem("answers.0", "asks.0")).mended).toBeNull();
  });
});
