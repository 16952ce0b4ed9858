import { expect, it } from "vitest";
import { sizeWords } from "./file-size";

it("says how large a file is", () => {
  expect(
    [1, 380, 1000, 12_400, 3_440_000, 9_960_000, 999_900, 25 * 1024 * 1024].map(sizeWords),
  ).toEqual(["1 byte", "380 bytes", "1 kB", "12 kB", "3.4 MB", "10 MB", "1 MB", "26 MB"]);
});
