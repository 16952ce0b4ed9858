/**
 * The things that contain every typed word, best matches first: beginnings count more than other
 * places. Equal matches keep their order.
 */
export function rankMatches<T>(
  things: readonly T[],
  typed: string,
  textOf: (thing: T) => string,
): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...things];
  const scored: [number, T][] = [];
  for (const thing of things) {
    const score = scoreOf(textOf(thing).toLowerCase(), words);
    if (score > 0) scored.push([score, thing]);
  }
  return scored.sort(([a], [b]) => b - a).map(([, thing]) => thing);
}

const FIRST = 4;
const BEGINNING = 2;
const WITHIN = 1;

function scoreOf(text: string, words: readonly string[]): number {
  let score = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at === -1) return 0;
    if (at === 0) score += FIRST;
    else score += new RegExp(`[^\\p{L}\\p{N}]${escaped(word)}`, "u").test(text) ? BEGINNING : WITHIN;
  }
  return score;
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
