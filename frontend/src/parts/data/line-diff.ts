/** Compares two texts line by line. */

import { diffLines } from "diff";

export interface Line {
  before: string | null;
  after: string | null;
  /** Whether both are equal. */
  same: boolean;
}

/** Pair the lines of two texts; null where one has no counterpart. */
export function diffLinesSideBySide(before: string, after: string): Line[] {
  const rows: Line[] = [];
  let removed: string[] = [];
  const changes = diffLines(`${before.trim()}\n`, `${after.trim()}\n`);
  const flush = (added: string[]) => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      rows.push({ before: removed[at] ?? null, after: added[at] ?? null, same: false });
    }
    removed = [];
  };
  for (const { value, added, removed: gone } of changes) {
    const lines = value.replace(/\n$/, "").split("\n");
    if (gone) removed = lines;
    else if (added) flush(lines);
    else {
      flush([]);
      rows.push(...lines.map((line) => ({ before: line, after: line, same: true })));
    }
  }
  flush([]);
  return rows;
}
