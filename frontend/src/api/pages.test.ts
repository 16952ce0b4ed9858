// @vitest-environment happy-dom

import { expect, it } from "vitest";
import { cursorIn } from "./pages";

it("finds the cursor of the next page", () => {
  expect(cursorIn('</api/tasks?limit=5&cursor=ab%3D>; rel="next"')).toBe("ab=");
  expect(cursorIn('<https://dayline.example/api/tasks?cursor=x>; rel="next"')).toBe("x");
  expect(cursorIn(null)).toBeNull();
  expect(cursorIn('</api/tasks>; rel="first"')).toBeNull();
});
