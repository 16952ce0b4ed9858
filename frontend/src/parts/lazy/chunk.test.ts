import { describe, expect, it } from "vitest";
import { Chunk } from "./chunk";

const ADDRESS = "http://server/assets/team-abc.js";

/**
 * A file on a server that is away for the first requests. As in Chromium, an address that failed is
 * never asked for again. The pauses are noted, not waited.
 */
function chunk(failures: number, complete = async () => {}) {
  const waited: number[] = [];
  const asked: string[] = [];
  const failed = new Set<string>();
  const importAt = async (address: string) => {
    if (!failed.has(address)) asked.push(address);
    if (failed.has(address) || asked.length <= failures) {
      failed.add(address);
      throw new TypeError(`Failed to fetch dynamically imported module: ${address}`);
    }
    return { default: "the page" };
  };
  const pause = async (ms: number) => void waited.push(ms);
  const made = new Chunk(() => importAt(ADDRESS), { pause, importAt, complete });
  return { made, waited, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("a page's chunk", () => {
  it("whose preload failed is fetched when it is needed", async () => {
    const { made } = chunk(1);
    made.preload();
    await settled();
    expect([made.loaded.value, made.hasFailed.value]).toEqual([null, false]);
    await made.need();
    expect(made.loaded.value).toBe("the page");
  });

  it("is tried again by itself while the server restarts", async () => {
    const { made, waited, asked } = chunk(3);
    await made.need();
    expect(made.loaded.value).toBe("the page");
    expect(new Set(asked).size).toBe(4);
    expect(waited).toEqual([500, 2000, 5000]);
  });

  it("that could not be fetched says so, and is fetched at the next try", async () => {
    const { made } = chunk(4);
    await made.need();
    expect([made.loaded.value, made.hasFailed.value]).toEqual([null, true]);
    await made.need();
    expect([made.loaded.value, made.hasFailed.value]).toEqual(["the page", false]);
  });

  it("is tried by one at a time, and not again once it is there", async () => {
    const { made, asked } = chunk(0);
    await Promise.all([made.need(), made.need()]);
    await made.need();
    expect(asked).toEqual([ADDRESS]);
  });

  it("counts as loaded when what it needs is there, also at a second try", async () => {
    const needs: string[] = [];
    const complete = async () => void needs.push("texts");
    const { made } = chunk(1, complete);
    await made.need();
    expect([needs, made.loaded.value]).toEqual([["texts"], "the page"]);
  });

  it("is tried again if what it needs couldn’t be fetched", async () => {
    let failures = 1;
    const complete = async () => {
      if (failures-- > 0) throw new Error("The texts couldn't be fetched.");
    };
    const { made } = chunk(0, complete);
    await made.need();
    expect(made.loaded.value).toBe("the page");
  });
});
