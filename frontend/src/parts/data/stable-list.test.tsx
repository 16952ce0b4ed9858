// @vitest-environment happy-dom
import { type Signal, signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useStableList } from "./stable-list";

const latest: Signal<string[] | null> = signal(null);
let list: ReturnType<typeof useStableList<string[]>>;

function List() {
  list = useStableList(latest, (rows) => rows);
  return <p>{list.shown.value?.join(" ")}</p>;
}

const change = (rows: string[]) => act(() => void (latest.value = rows));
const text = () => document.body.textContent;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  latest.value = ["a", "b"];
  await act(() => render(<List />, document.body));
  await act(() => list.containerProps.onPointerEnter());
});

afterEach(async () => {
  await act(() => render(null, document.body));
  vi.useRealTimers();
});

it("holds rows still under the pointer", async () => {
  await change(["a"]);
  expect(text()).toBe("a b");
  await act(() => list.release());
  expect(text()).toBe("a");
});

it("shows at once what an act of mine still brings, and then holds rows again", async () => {
  await act(() => list.release());
  await change(["b"]);
  expect(text()).toBe("b");
  vi.advanceTimersByTime(2_000);
  await change(["b", "c"]);
  expect(text()).toBe("b");
});
