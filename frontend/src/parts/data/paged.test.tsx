// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it } from "vitest";
import type { Page } from "../../api/pages";
import { type Paged, usePaged } from "./paged";

/** A list of the server, which it sends two rows at a time. */
let rows: string[];
const A_PAGE = 2;

async function read(cursor: string | null): Promise<Page<string>> {
  const from = Number(cursor ?? 0);
  const next = from + A_PAGE;
  return { items: rows.slice(from, next), next: next < rows.length ? String(next) : null };
}

let shown: Paged<string>;

function List({ of }: { of: string }) {
  shown = usePaged(read, [of]);
  return <p>{shown.data.value?.items.join(" ")}</p>;
}

const settled = (start: () => unknown) =>
  act(async () => {
    await start();
    await new Promise((resolve) => setTimeout(resolve));
  });

async function show(of: string) {
  await act(() => render(<List of={of} />, document.body));
  await settled(() => {});
}

afterEach(() => act(() => render(null, document.body)));

it("grows by a page, and stays as long when it is loaded again", async () => {
  rows = ["a", "b", "c", "d", "e"];
  await show("mine");
  expect(document.body.textContent).toBe("a b");
  await settled(() => shown.more());
  expect(document.body.textContent).toBe("a b c d");
  rows = ["new", ...rows];
  await settled(() => shown.reload());
  expect(document.body.textContent).toBe("new a b c");
  await settled(() => shown.more());
  expect(shown.data.value?.next).toBeNull();
});

it("begins with the first page for other inputs", async () => {
  rows = ["a", "b", "c", "d"];
  await show("mine");
  await settled(() => shown.more());
  await show("yours");
  expect(document.body.textContent).toBe("a b");
});
