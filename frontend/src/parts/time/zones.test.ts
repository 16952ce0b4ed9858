import { describe, expect, it } from "vitest";
import { zoneName, zonesByRegion } from "./zones";

describe("zones", () => {
  it("stand by region, with UTC and one's own", () => {
    const zones = zonesByRegion(["Europe/Kiev", "Asia/Tokyo"], "Europe/Madrid");
    expect([...zones]).toEqual([
      ["Asia", ["Asia/Tokyo"]],
      ["Europe", ["Europe/Kyiv", "Europe/Madrid"]],
      ["World", ["UTC"]],
    ]);
  });

  it("are read as places", () => {
    expect(zoneName("America/Argentina/Buenos_Aires")).toBe("Argentina, Buenos Aires");
    expect(zoneName("UTC")).toBe("UTC");
  });
});
