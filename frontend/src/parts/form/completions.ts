/** Completions while a handle, a task or the title of a reference is typed. */

import common from "locale:common";
import type { Board, Member } from "../../live/documents";
import { rankMatches } from "../data/matching";

interface Trigger {
  kind: "@" | "#" | "[[";
  /** The text after the sign. */
  word: string;
}

export interface Completion {
  name: string;
  /** The text that it inserts: `@sam`, `WEB-3`, `[[How VAT works]]`. */
  inserts: string;
  /** Shown next to the name instead of the inserted text. */
  aside?: string;
  member?: Member;
}

const MOST = 6;
const TITLE = /\[\[([^[\]\n]{0,80})$/;
const TRIGGER = /(?:^|[\s(])([@#])([\p{L}\p{N}-]*)$/u;

const TYPED = /(?:\[\[[^[\]\n]*|[@#][\p{L}\p{N}-]*)$/u;

/** The sign and the word before the caret; null inside another word or in code. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(0, caret);
  const title = TITLE.exec(before);
  const found = TRIGGER.exec(before);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const isHeading = /^#+$/.test(line);
  const isCode = before.split("`").length % 2 === 0;
  if (isCode) return null;
  if (title) return { kind: "[[", word: title[1] ?? "" };
  if (!found || isHeading) return null;
  return { kind: found[1] as Trigger["kind"], word: found[2] ?? "" };
}

export function completionsFor({ kind, word }: Trigger, board: Board): Completion[] {
  if (kind === "[[") return references(board, word);
  return kind === "@" ? people(board, word) : tasks(board, word);
}

function references(board: Board, word: string): Completion[] {
  const all = [...board.references.values()].sort((a, b) => a.title.localeCompare(b.title));
  const found = rankMatches(all, word, ({ title, former_titles }) => [title, ...former_titles].join(" "));
  return found
    .slice(0, MOST)
    .map(({ title }) => ({ name: title, inserts: `[[${title}]]`, aside: common.reference }));
}

function people(board: Board, word: string): Completion[] {
  const members = [...board.members.values()].filter(({ disabled_at }) => !disabled_at);
  const found = rankMatches(members, word, ({ handle, name }) => `${handle} ${name}`);
  return found
    .slice(0, MOST)
    .map((member) => ({ name: member.name, inserts: `@${member.handle}`, member }));
}

function tasks(board: Board, word: string): Completion[] {
  const newest = [...board.tasks.values()].reverse();
  const found = rankMatches(newest, word, ({ key, title }) => `${key} ${title}`);
  return found.slice(0, MOST).map(({ key, title }) => ({ name: title, inserts: key }));
}

/** Replace the word before the caret by a completion. Returns the text and the new caret. */
export function complete(
  text: string,
  caret: number,
  inserts: string,
): { text: string; caret: number } {
  const before = text.slice(0, caret).replace(TYPED, () => `${inserts} `);
  const after = text.slice(caret).replace(inserts.startsWith("[[") ? /^(\]\])? ?/ : /^ /, "");
  return { text: before + after, caret: before.length };
}
