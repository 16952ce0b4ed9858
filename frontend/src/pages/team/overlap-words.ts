/** Words for when people work at the same time. */

import t from "locale:team";
import { clockOf } from "../../parts/time/times";
import { zoneName } from "../../parts/time/zones";
import { list } from "../../text/format";
import type { Overlap } from "./data";

type GroupStretch = Overlap["together"][number];

export interface Person {
  id: string;
  name: string;
  zone: string;
}

/** `16:00–18:00 in Kyiv, 09:00–11:00 in New York`: each place once, the team time zone first. */
export function stretchWords(
  { start, end }: GroupStretch,
  reference: string,
  people: readonly Person[],
): string {
  const spans = new Map([[reference, `${clockOf(start.reference)}–${clockOf(end.reference)}`]]);
  for (const { id, zone } of people) {
    const [from, until] = [start.local[id], end.local[id]];
    if (from && until) spans.set(zone, `${clockOf(from)}–${clockOf(until)}`);
  }
  return [...spans]
    .map(([zone, time]) => t.timeInPlace({ time, place: zoneName(zone) }))
    .join(", ");
}

/** Whose working hours it is outside of, and for how long: `Ned (60 min)`. */
export function outsideForWords(
  minutes: Record<string, number>,
  people: readonly Person[],
): string {
  const outside = people.flatMap(({ id, name }) => {
    const spent = minutes[id];
    return spent ? t.outsideFor({ name, minutes: spent }) : [];
  });
  return list(outside);
}
