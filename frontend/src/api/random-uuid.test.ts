import { expect, test, vi } from "vitest";
import { uuidFromBytes, newUuid } from "./random-uuid";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("bytes become a UUID of version 4", () => {
  expect(uuidFromBytes(new Uint8Array(16))).toBe("00000000-0000-4000-8000-000000000000");
  expect(uuidFromBytes(new Uint8Array(16).fill(255))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
});

test("a page on plain http gets keys too, and each another one", () => {
  const real = crypto;
  vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => real.getRandomValues(bytes) });
  const keys = [newUuid(), newUuid()];
  vi.unstubAllGlobals();
  expect(new Set(keys).size).toBe(2);
  for (const key of keys) expect(key).toMatch(UUID);
});
