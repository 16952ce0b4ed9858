/** Whether a text says something, by the rule of the server's `core/written.py`. */

const MARKS = /^(?:(?:[-*+>]|\d{1,9}[.)]|\[[ xX]?\])(?:\s+|$))*/;
const HEADING = /^#{1,6}(?:\s|$)/;
const LABEL = /^(?:\*\*[^*]*[^*.!]\*\*|__[^_]*[^_.!]__)/;

/** Whether a line of a Markdown text has more than a heading or a label. */
export const saysSomething = (text: string): boolean => text.split(/\r\n?|\n/).some(says);

function says(line: string): boolean {
  const rest = line.trim().replace(MARKS, "");
  if (HEADING.test(rest)) return false;
  const said = rest.replace(LABEL, "");
  return !said.endsWith(":") && /[\p{L}\p{N}]/u.test(said);
}
