import { locale } from "../../text/format";

const UNITS = ["kilobyte", "megabyte", "gigabyte"];

/** `380 bytes`, `12 kB`, `3.4 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return inUnit(bytes, "byte", "long");
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return inUnit(size, UNITS[unit]!, "short");
}

function inUnit(value: number, unit: string, unitDisplay: "long" | "short"): string {
  const maximumFractionDigits = value < 9.95 ? 1 : 0;
  const format = { style: "unit", unit, unitDisplay, maximumFractionDigits } as const;
  return new Intl.NumberFormat(locale(), format).format(value);
}
