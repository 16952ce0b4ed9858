import t from "locale:time";
import { locale } from "../../text/format";
import { durationWords } from "./times";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

const formats = new Map<string, Intl.RelativeTimeFormat>();

/** The format of the language of the pages, made once. */
function relative(): Intl.RelativeTimeFormat {
  let format = formats.get(locale());
  if (!format) {
    format = new Intl.RelativeTimeFormat(locale(), { numeric: "always" });
    formats.set(locale(), format);
  }
  return format;
}

/** The distance of an instant from now, in words: `in 3 days`, `2 hours ago`. */
export function fromNow(instant: string, now = Date.now()): string {
  const ms = Date.parse(instant) - now;
  for (const [unit, length] of STEPS) {
    if (Math.abs(ms) >= length) return relative().format(Math.trunc(ms / length), unit);
  }
  return ms > 0 ? t.inLessThanAMinute : t.justNow;
}

const MINUTE_MS = 60_000;

/** How long ago an instant was: `just now`, `5 min ago`, `3 days ago`. */
export const agoWords = (instant: string, now: number): string => {
  const ms = now - Date.parse(instant);
  return ms < MINUTE_MS ? t.justNow : t.ago({ duration: durationWords(ms) });
};
