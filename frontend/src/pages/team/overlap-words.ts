/** When people work at once, said in words. */

import { clockOf } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import type { Overlap } from "./data";

type GroupStretch = Overlap["together"][number];

export interface Person {
  id: string;
  name: string;
  zone: string;
}

/** `Ann`, `Ann and Ben`, `Ann, Ben and Cy`. */
export function listWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

/** `16:00–18:00 Kyiv, 09:00–11:00 New York`: each place once, the reference zone first. */
export function stretchWords(
  { start, end }: GroupStretch,
  reference: string,
  people: readonly Person[],
): string {
  const said = new Map([[reference, `${clockOf(start.reference)}–${clockOf(end.reference)}`]]);
  for (const { id, zone } of people) {
    const [from, until] = [start.local[id], end.local[id]];
    if (from && until) said.set(zone, `${clockOf(from)}–${clockOf(until)}`);
  }
  return [...said].map(([zone, times]) => `${times} ${zoneName(zone)}`).join(", ");
}

/** Who bears how much of an hour outside their hours: `Ned 60 min`. */
export function burdenWords(
  minutes: Record<string, number>,
  people: readonly Person[],
): string {
  const bearers = people.filter(({ id }) => minutes[id]);
  return listWords(bearers.map(({ id, name }) => `${name} ${minutes[id]} min`));
}
