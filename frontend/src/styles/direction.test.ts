import { describe, expect, it } from "vitest";

const PHYSICAL =
  /(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear):\s*(?:left|right)/;
const FOUR = /(?:margin|padding|inset): (\S+) (\S+) (\S+) (\S+);/;

const sheets = Object.entries(
  import.meta.glob<string>("../**/*.css", { query: "?raw", import: "default", eager: true }),
);

/** The lines of a style sheet that hold for one reading direction only. */
const oneWay = (sheet: string): string[] =>
  sheet.split("\n").filter((line) => {
    const [, , end, , start] = FOUR.exec(line) ?? [];
    return PHYSICAL.test(line) || end !== start;
  });

describe("the style sheets", () => {
  it.each(sheets)("%s mirrors where one reads from right to left", (_, sheet) => {
    expect(oneWay(sheet)).toEqual([]);
  });

  it("would be caught otherwise", () => {
    expect(oneWay("margin-left: 1px;\npadding: 0 1px 0 2px;\npadding: 0 1px 0 1px;")).toHaveLength(2);
  });
});
