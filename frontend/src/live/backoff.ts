const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** How long to wait before try number `failures` (from 0): full jitter under a doubling limit. */
export function pauseMs(failures: number, random: () => number = Math.random): number {
  const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return limit * random();
}
