import { Select } from "./select";
import { ownZone, placeOf, zonesByRegion } from "./zones";

/** A choice among all time zones, this browser's preselected. */
export function ZoneSelect({ name, label, hint }: { name: string; label: string; hint?: string }) {
  const own = ownZone();
  return (
    <Select name={name} label={label} hint={hint} value={own}>
      {[...zonesByRegion(Intl.supportedValuesOf("timeZone"), own)].map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map((zone) => (
            <option key={zone} value={zone} selected={zone === own}>
              {placeOf(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}
