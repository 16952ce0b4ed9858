import { expect, test } from "vitest";

const SOURCES = import.meta.glob<string>(["../../**/*.tsx", "!../../**/*.test.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});

const found = (pattern: RegExp) =>
  Object.entries(SOURCES).flatMap(([name, text]) => [...text.matchAll(pattern)].map(([tag]) => `${name}: ${tag}`));

test("nothing is drawn anew because its document has another revision: EditForm says when it may", () => {
  expect(found(/key=\{[^}]*\brev\}/g)).toEqual([]);
});

test("dates, times and numbers whose value others set are steady inputs: half of one is no value", () => {
  const inputs = found(/<input\b[^>]*?type="(?:date|time|number)"[\s\S]*?\/>/g);
  const set = inputs.filter((tag) => /\svalue=/.test(tag));
  expect(set.filter((tag) => !tag.startsWith("./stable-input.tsx"))).toEqual([]);
});
