/** The zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Every zone that this browser knows, by the part of the world, with `own` among them. */
export function zonesByRegion(known: readonly string[], own: string): Map<string, string[]> {
  const regions = new Map<string, string[]>();
  for (const zone of [...new Set(["UTC", own, ...known])].sort()) {
    const region = zone.includes("/") ? zone.slice(0, zone.indexOf("/")) : "World";
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return regions;
}

/** `America/Argentina/Buenos_Aires` → `Argentina, Buenos Aires`. */
export function placeOf(zone: string): string {
  const [, ...place] = zone.split("/");
  return (place.length > 0 ? place.join(", ") : zone).replaceAll("_", " ");
}
