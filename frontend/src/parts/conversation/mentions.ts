/** Finds mentions in a text as the server does. */

const FENCED = /^(```|~~~)[\s\S]*?(^\1|$(?![\s\S]))/gm;
const CODE = /(`+)[\s\S]*?\1/g;
const LINK = /\[[^\]]*\]\([^)]*\)/g;
const MENTION = /(?<![\w@./+-])@([a-z0-9][a-z0-9._-]*)(?!\w)/gi;

/** The mentioned handles in order, in lower case. Those in code or links don't count. */
export function handlesIn(text: string): string[] {
  const plain = text.replace(FENCED, " ").replace(CODE, " ").replace(LINK, " ");
  const found = [...plain.matchAll(MENTION)].map(([, handle = ""]) =>
    handle.toLowerCase().replace(/[._-]+$/, ""),
  );
  return [...new Set(found)];
}
