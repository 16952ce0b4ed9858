import t from "locale:time";

/** Current names of zones that browsers still list under old names. */
const RENAMED: Record<string, string> = {
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

const currentName = (zone: string): string => RENAMED[zone] ?? zone;

/** The zone of this browser. */
export function browserZone(): string {
  return currentName(Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");
}

/** The zones that this browser knows, by region, including `own`. */
export function zonesByRegion(known: readonly string[], own: string): Map<string, string[]> {
  const regions = new Map<string, string[]>();
  for (const zone of [...new Set(["UTC", own, ...known.map(currentName)])].sort()) {
    const region = zone.includes("/") ? zone.slice(0, zone.indexOf("/")) : t.world;
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return regions;
}

/** `America/Argentina/Buenos_Aires` → `Argentina, Buenos Aires`. */
export function zoneName(zone: string): string {
  const [, ...place] = zone.split("/");
  return (place.length > 0 ? place.join(", ") : zone).replaceAll("_", " ");
}
