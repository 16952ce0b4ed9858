const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** How far an instant is from now, in words: lengths of time need no zone. */
export function fromNow(instant: string, now = Date.now()): string {
  const ms = Date.parse(instant) - now;
  for (const [unit, length] of STEPS) {
    if (Math.abs(ms) >= length) return words.format(Math.trunc(ms / length), unit);
  }
  return ms > 0 ? "in less than a minute" : "just now";
}
