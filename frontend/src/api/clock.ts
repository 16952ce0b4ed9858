/** The server's time, as near as this browser can tell; all that is shown counts by it. */

import { signal } from "@preact/signals";

const MINUTE_MS = 60_000;
/** `Date` has whole seconds, and answers travel. */
const NEAR_MS = 2000;

let ahead = 0;

/** The present minute, in epoch milliseconds; it ticks once a minute for everybody. */
export const minute = signal(now());

export function now(): number {
  return Date.now() + ahead;
}

/** Take the server's clock from an answer's `Date`; a second or two of travel do not matter. */
export function setClock(date: string | null): void {
  const server = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(server)) return;
  const difference = server - Date.now();
  if (Math.abs(difference - ahead) < NEAR_MS) return;
  ahead = difference;
  minute.value = now();
}

export function startClock(): void {
  const tick = () => {
    minute.value = now();
    setTimeout(tick, MINUTE_MS - (now() % MINUTE_MS) + 50);
  };
  tick();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) minute.value = now();
  });
}
