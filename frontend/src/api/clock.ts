/** The server's time, as close as this browser can tell. Everything on screen counts by it. */

import { signal } from "@preact/signals";

const MINUTE_MS = 60_000;
/** The `Date` header has whole seconds, and responses take time to arrive. */
const NEAR_MS = 2000;

let ahead = 0;

/** The current time in epoch milliseconds, updated once a minute. */
export const minute = signal(now());

export function now(): number {
  return Date.now() + ahead;
}

/** Set the clock from a response's `Date` header. Differences of a second or two are ignored. */
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
