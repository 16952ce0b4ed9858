import { expect, it } from "vitest";
import { match } from "./match";
import { linkToken } from "./link-token";

it.each([
  ["/", "/", {}],
  ["/account", "/account/", {}],
  ["/w/:slug", "/w/acme", { slug: "acme" }],
  ["/w/:slug", "/w/", null],
  ["/w/:slug", "/w/acme/board", null],
  ["/w/:slug", "/x/acme", null],
])("%s fits %s as %j", (pattern, actual, values) => {
  expect(match(pattern, actual)).toEqual(values);
});

it.each([
  ["#token=dl_a-b_c", "dl_a-b_c"],
  ["#token=", null],
  ["#tokens=a", null],
  ["", null],
])("the token in %j is %j", (fragment, token) => {
  expect(linkToken(fragment)).toBe(token);
});
