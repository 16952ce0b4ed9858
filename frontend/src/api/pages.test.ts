// @vitest-environment happy-dom

import { describe, expect, it } from "vitest";
import { allPages, cursorIn, type Page } from "./pages";

it("finds the cursor of the next page", () => {
  expect(cursorIn('</api/tasks?limit=5&cursor=ab%3D>; rel="next"')).toBe("ab=");
  expect(cursorIn('<https://dayline.example/api/tasks?cursor=x>; rel="next"')).toBe("x");
  expect(cursorIn(null)).toBeNull();
  expect(cursorIn('</api/tasks>; rel="first"')).toBeNull();
});

it("reads a list to its end", async () => {
  const pages: Record<string, Page<number>> = {
    first: { items: [1, 2], next: "second" },
    second: { items: [3], next: null },
  };
  expect(await allPages(async (cursor) => pages[cursor ?? "first"]!)).toEqual([1, 2, 3]);
  expect(await allPages(async (cursor) => pages[cursor ?? "first"]!, 2)).toEqual([1, 2]);
});

const [schema = ""] = Object.values(
  import.meta.glob<string>("./schema.d.ts", { query: "?raw", import: "default", eager: true }),
);
const operations = new Set(
  [...schema.matchAll(/^ {4}(\w+): \{\n {8}parameters: \{([\s\S]*?)^ {4}\};/gm)]
    .filter(([, , parameters]) => parameters!.includes(" cursor?: "))
    .map(([, name]) => name),
);
const paged = [...schema.matchAll(/^ {4}"(\/api\/[^"]+)": \{[\s\S]*?^ {8}get\??: (?:never|operations\["(\w+)"\]);/gm)]
  .filter(([, , operation]) => operations.has(operation))
  .map(([, path]) => path!);

/** These show the best matches alone; more words find the others. */
const BEST_ONLY = new Set(["parts/data/search.ts", "pages/references/data.ts"]);

const sources = Object.entries(
  import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true }),
)
  .map(([path, source]) => [path.replace("../", ""), source] as const)
  .filter(([path]) => !path.includes(".test.") && !BEST_ONLY.has(path));

/** The paged lists of which a source reads the first page only. */
function cutLists(source: string): string[] {
  const read = [...source.matchAll(/answer\(\s*api\.GET\(\s*("[^"]+"|\w+)/g)].map(([, path]) => path!);
  return read.map((path) => pathOf(path, source)).filter((path) => paged.includes(path));
}

function pathOf(argument: string, source: string): string {
  if (argument.startsWith('"')) return argument.slice(1, -1);
  return new RegExp(`const ${argument} =\\s*"([^"]+)"`).exec(source)?.[1] ?? "";
}

it("knows which lists come in pages", () => {
  expect(paged).toContain("/api/workspaces/{workspace}/projects/{key}/updates");
  expect(paged).not.toContain("/api/workspaces/{workspace}/snapshot");
  expect(paged).toHaveLength(operations.size);
});

describe("a list that comes in pages", () => {
  it.each(sources)("is read with its cursor in %s", (_, source) => {
    expect(cutLists(source)).toEqual([]);
  });

  it("would be noticed otherwise", () => {
    const path = "/api/workspaces/{workspace}/tasks";
    expect(cutLists(`answer(api.GET("${path}", {}))`)).toEqual([path]);
    expect(cutLists(`const LIST = "${path}"; answer(\n api.GET(LIST))`)).toEqual([path]);
    expect(cutLists(`pageOf(api.GET("${path}"))`)).toEqual([]);
  });
});
