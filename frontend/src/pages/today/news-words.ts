/** What happened, by kinds of events, in words. */

const WORDS: readonly (readonly [RegExp, (count: number) => string])[] = [
  [/^decision\.decided$/, () => "decided"],
  [/^decision\.withdrawn$/, () => "withdrawn"],
  [/^decision\.opened$/, () => "asks for input"],
  [/^message\.posted$/, (n) => (n === 1 ? "1 message" : `${n} messages`)],
  [/^task\.created$/, () => "created"],
  [/^project\.created$/, () => "opened"],
  [/^(task|project)\.changed$/, (n) => (n === 1 ? "1 change" : `${n} changes`)],
  [/^topic\.resolved$/, () => "resolved"],
  [/^topic\.reopened$/, () => "reopened"],
  [/^timer\.responded$/, (n) => (n === 1 ? "1 answer" : `${n} answers`)],
  [/^timer\.breached$/, (n) => (n === 1 ? "1 answer late" : `${n} answers late`)],
  [/^timer\.acknowledged$/, (n) => (n === 1 ? "1 promise" : `${n} promises`)],
  [/^member\.joined$/, (n) => (n === 1 ? "1 new member" : `${n} new members`)],
  [/^agreement\.published$/, () => "a new version of the agreement"],
  [/^agreement\.signed$/, (n) => (n === 1 ? "1 signature" : `${n} signatures`)],
  [/^calendar\./, () => "hours changed"],
];

const MOST_NAMES = 2;

/** `3 messages, resolved · Sam Rivera and 2 more`. */
export function newsWords(kinds: Readonly<Record<string, number>>, names: readonly string[]): string {
  const facts = WORDS.flatMap(([pattern, say]) => {
    const count = Object.keys(kinds)
      .filter((kind) => pattern.test(kind))
      .reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0);
    return count > 0 ? [say(count)] : [];
  });
  const said = facts.length > 0 ? facts.join(", ") : "changed";
  const who = namesOf(names);
  return who ? `${said} · ${who}` : said;
}

function namesOf(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(" and ");
  return `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more`;
}
