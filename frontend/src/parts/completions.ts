/** What an editor offers while one types a handle or a task. */

import type { Board, Member } from "../live/documents";
import { matching } from "./matching";

export interface Trigger {
  kind: "@" | "#";
  /** What was typed behind the sign. */
  word: string;
}

export interface Completion {
  name: string;
  /** What stands in the text then: `@sam`, `WEB-3`. */
  inserts: string;
  member?: Member;
}

const MOST = 6;
const TRIGGER = /(?:^|[\s(])([@#])([\p{L}\p{N}-]*)$/u;

/** The sign and the word right before the caret; null in the middle of another word, and in code. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(0, caret);
  const found = TRIGGER.exec(before);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const isHeading = /^#+$/.test(line);
  const isCode = before.split("`").length % 2 === 0;
  if (!found || isHeading || isCode) return null;
  return { kind: found[1] as Trigger["kind"], word: found[2] ?? "" };
}

export function completionsFor({ kind, word }: Trigger, board: Board): Completion[] {
  return kind === "@" ? people(board, word) : tasks(board, word);
}

function people(board: Board, word: string): Completion[] {
  const members = [...board.members.values()].filter(({ disabled_at }) => !disabled_at);
  const found = matching(members, word, ({ handle, name }) => `${handle} ${name}`);
  return found
    .slice(0, MOST)
    .map((member) => ({ name: member.name, inserts: `@${member.handle}`, member }));
}

function tasks(board: Board, word: string): Completion[] {
  const newest = [...board.tasks.values()].reverse();
  const found = matching(newest, word, ({ key, title }) => `${key} ${title}`);
  return found.slice(0, MOST).map(({ key, title }) => ({ name: title, inserts: key }));
}

/** The text with the completion in place of the word before the caret, and where the caret goes. */
export function complete(
  text: string,
  caret: number,
  inserts: string,
): { text: string; caret: number } {
  const before = text.slice(0, caret).replace(/[@#][\p{L}\p{N}-]*$/u, `${inserts} `);
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
}
