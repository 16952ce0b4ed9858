import { durationWords } from "./times";

const MINUTE_MS = 60_000;

/** How long ago: `just now`, `5 min ago`, `3 days ago`. */
export const agoWords = (instant: string, now: number): string => {
  const ms = now - Date.parse(instant);
  return ms < MINUTE_MS ? "just now" : `${durationWords(ms)} ago`;
};
