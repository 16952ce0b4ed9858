import { describe, expect, it } from "vitest";
import { reference } from "../../live/fixtures";
import { withReferences } from "./reference-links";

const all = [
  reference("1", { title: "VAT in the EU", former_titles: ["How VAT works"] }),
  reference("2", { title: "Taxes", former_titles: ["VAT"] }),
];
const shown = (title: string, at: ((path: string) => string) | null = (path) => `/w/acme${path}`) =>
  withReferences(`<a href="reference:${encodeURIComponent(title)}">x</a>`, () => all, at);

describe("a link to a reference", () => {
  it.each([
    ["vat  in the EU", "1"],
    ["How VAT works", "1"],
    ["taxes", "2"],
  ])("by %s leads to it", (title, id) => {
    expect(shown(title)).toContain(`href="/w/acme/references/${id}"`);
  });

  it("leads to where it can be written, and says that it is not yet", () => {
    expect(shown('R&D "x"')).toBe(
      '<a href="/w/acme/references/new?title=R%26D%20%22x%22" class="to-reference missing" title="This reference doesn’t exist yet">x</a>',
    );
  });

  it("is text for those who see none", () => {
    expect(shown("Taxes", null)).toBe("<a >x</a>");
  });

  it("is no other link", () => {
    const other = '<a href="https://example.org/reference:x">x</a>';
    expect(withReferences(other, () => all, null)).toBe(other);
  });
});
