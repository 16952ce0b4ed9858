import { Select } from "./select";
import { browserZone, zoneName, zonesByRegion } from "../time/zones";

interface Props {
  name: string;
  label: string;
  hint?: string;
  /** The initial zone; this browser's by default. */
  value?: string;
}

/** A select with all time zones. */
export function ZoneSelect({ name, label, hint, value }: Props) {
  const own = value ?? browserZone();
  return (
    <Select name={name} label={label} hint={hint} value={own}>
      {[...zonesByRegion(Intl.supportedValuesOf("timeZone"), own)].map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map((zone) => (
            <option key={zone} value={zone} selected={zone === own}>
              {zoneName(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}
