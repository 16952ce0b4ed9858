/** Links to references: the server writes `reference:Title`, and here it is said where that is. */

import type { Reference } from "../../live/documents";

const ADDRESS = /href="reference:([^"]*)"/g;

/** A title as links are compared. */
const nameOf = (title: string): string => title.trim().replace(/\s+/g, " ").toLowerCase();

/** The reference that a title names or, where none has it now, once named. */
function referenceNamed(all: Iterable<Reference>, title: string): Reference | undefined {
  const name = nameOf(title);
  let former: Reference | undefined;
  for (const reference of all) {
    if (nameOf(reference.title) === name) return reference;
    if (reference.former_titles.some((other) => nameOf(other) === name)) former = reference;
  }
  return former;
}

/** Whether a rendered text links to a reference. */
export const namesReferences = (html: string): boolean => html.includes('href="reference:');

/**
 * Rendered text whose links lead to references: to those that are there, and for the others to
 * where they can be written. Without `at`, for those who see no references, they are plain text.
 */
export function withReferences(
  html: string,
  all: () => Iterable<Reference>,
  at: ((path: string) => string) | null,
): string {
  return html.replace(ADDRESS, (_, written: string) => {
    if (!at) return "";
    const title = decodeURIComponent(written);
    const found = referenceNamed(all(), title);
    if (found) return `href="${at(`/references/${found.id}`)}" class="to-reference"`;
    const path = at(`/references/new?title=${encodeURIComponent(title)}`);
    return `href="${path}" class="to-reference missing" title="Not written yet"`;
  });
}
