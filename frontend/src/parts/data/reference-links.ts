/** Links to references. The server writes `reference:Title`; the pages turn that into addresses. */

import common from "locale:common";
import type { Reference } from "../../live/documents";

const ESCAPES: Record<string, string> = { "&": "&amp;", '"': "&quot;", "<": "&lt;" };
const escaped = (text: string) => text.replace(/[&"<]/g, (sign) => ESCAPES[sign] ?? sign);

const ADDRESS = /href="reference:([^"]*)"/g;

/** A title as it is compared with links. */
const nameOf = (title: string): string => title.trim().replace(/\s+/g, " ").toLowerCase();

/** The reference with this title or, if there is none, one that used to have it. */
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
 * Turn links to references into addresses: of the reference or, if it doesn't exist, of the form to
 * write it. Without `at`, for guests, links become plain text.
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
    return `href="${path}" class="to-reference missing" title="${escaped(common.referenceMissing)}"`;
  });
}
