import { expect, it } from "vitest";
import cases from "../../../../tests/core/written.json";
import { startOf } from "../../dialogs/proposal-templates";
import { saysSomething } from "./written";

it.each(cases["says something"])("counts content as written: %j", (text) => {
  expect(saysSomething(text)).toBe(true);
});

it.each(cases["says nothing"])("doesn't count headings and labels alone: %j", (text) => {
  expect(saysSomething(text)).toBe(false);
});

it.each(["tool", "work", "money", "architecture"] as const)(
  "doesn't count what the template %s starts with",
  (template) => {
    const { context = "" } = startOf(template);
    expect(context).not.toBe("");
    expect(saysSomething(context)).toBe(false);
  },
);
