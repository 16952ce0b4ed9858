import { describe, expect, it } from "vitest";
import { Chunk } from "./chunk";

/** A file on a server that is away for the first requests; the pauses are noted, not waited. */
function chunk(failures: number) {
  const waited: number[] = [];
  let asked = 0;
  const load = async () => {
    asked += 1;
    if (asked <= failures) throw new TypeError("Failed to fetch dynamically imported module");
    return { default: "the page" };
  };
  const made = new Chunk(load, async (ms) => void waited.push(ms));
  return { made, waited, asked: () => asked };
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
    const { made, waited } = chunk(3);
    await made.need();
    expect(made.loaded.value).toBe("the page");
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
    expect(asked()).toBe(1);
  });
});
