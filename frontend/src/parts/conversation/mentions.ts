/** Whom a text names, as the server will read it. */

const FENCED = /^(```|~~~)[\s\S]*?(^\1|$(?![\s\S]))/gm;
const CODE = /(`+)[\s\S]*?\1/g;
const LINK = /\[[^\]]*\]\([^)]*\)/g;
const MENTION = /(?<![\w@./+-])@([a-z0-9][a-z0-9._-]*)(?!\w)/gi;

/** The handles behind `@`, in lower case and in their order; none in code or links. */
export function handlesIn(text: string): string[] {
  const plain = text.replace(FENCED, " ").replace(CODE, " ").replace(LINK, " ");
  const found = [...plain.matchAll(MENTION)].map(([, handle = ""]) =>
    handle.toLowerCase().replace(/[._-]+$/, ""),
  );
  return [...new Set(found)];
}
