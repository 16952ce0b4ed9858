// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { setWindowTitle, titleCount, titleWords } from "./window-title";

describe("the window's title", () => {
  it("names the page, and counts where there is something to count", () => {
    expect(titleWords("Today", 0)).toBe("Today · Dayline");
    expect(titleWords("Today", 3)).toBe("(3) Today · Dayline");
    expect(titleWords("Dayline", 0)).toBe("Dayline");
  });

  it("changes with the page and with the count", () => {
    setWindowTitle("Board");
    titleCount.value = 2;
    expect(document.title).toBe("(2) Board · Dayline");
    titleCount.value = 0;
    expect(document.title).toBe("Board · Dayline");
  });
});
