// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Command, commandsNow, setSingleKeys, startKeys, useCommands } from "./commands";
import { neighbour } from "./list-navigation";
import { keycaps } from "./keycaps";

const done: string[] = [];

function command(name: string, ...keys: string[]): Command {
  return { name, keys, group: "Test", run: () => done.push(name) };
}

type Level = "app" | "page" | "modal";

function Layer({ commands, level }: { commands: Command[]; level?: Level }) {
  useCommands(commands, level);
  return <input />;
}

const show = (...layers: { commands: Command[]; level?: Level }[]) =>
  act(() => render(layers.map((layer, index) => <Layer key={index} {...layer} />), document.body));

function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

beforeAll(startKeys);
afterEach(() => {
  done.length = 0;
  setSingleKeys(true);
  void act(() => render(null, document.body));
});

describe("keys", () => {
  it("do what is shown, and nothing once it is gone", async () => {
    await show({ commands: [command("New task", "c")] });
    press("c");
    await show();
    press("c");
    expect(done).toEqual(["New task"]);
  });

  it("in a row are one: the second is no key of its own", async () => {
    await show({ commands: [command("Board", "b"), command("Go to Board", "g b")] });
    press("g");
    press("b");
    expect(done).toEqual(["Go to Board"]);
  });

  it("belong to the topmost layer that knows them", async () => {
    await show({ commands: [command("Below", "e")] }, { commands: [command("Above", "e")] });
    press("e");
    expect(done).toEqual(["Above"]);
  });

  it("of the app lie below those of a page, whichever came first", async () => {
    await show({ commands: [command("Page", "e")] }, { commands: [command("App", "e")], level: "app" });
    press("e");
    expect(done).toEqual(["Page"]);
  });

  it("of a row are those of the app where no row is chosen", async () => {
    let isChosen = false;
    const row = { ...command("Done", "e"), when: () => isChosen };
    await show({ commands: [command("Note", "e")] }, { commands: [row] });
    press("e");
    isChosen = true;
    press("e");
    expect(done).toEqual(["Note", "Done"]);
  });

  it("of what lies below a dialog do nothing", async () => {
    await show({ commands: [command("Below", "e")] }, { commands: [], level: "modal" });
    press("e");
    expect(done).toEqual([]);
    expect(commandsNow()).toEqual([]);
  });

  it("are letters where somebody types", async () => {
    await show({ commands: [command("New task", "c")] });
    press("c", {}, document.querySelector("input")!);
    expect(done).toEqual([]);
  });

  it("without a modifier can be turned off", async () => {
    const palette = { ...command("Palette", "Control+k"), typing: true };
    await show({ commands: [command("New task", "c"), palette] });
    setSingleKeys(false);
    press("c");
    press("k", { ctrlKey: true, modifierControl: true } as KeyboardEventInit);
    expect(done).not.toContain("New task");
    expect(localStorage.getItem("dayline-single-keys")).toBe("off");
  });

  it("are written as on a keyboard", () => {
    expect(keycaps("g b")).toEqual(["G", "B"]);
    expect(keycaps("Shift+?")).toEqual(["?"]);
    expect(keycaps("Escape")).toEqual(["Esc"]);
  });
});

describe("a list", () => {
  it.each([
    [null, 1, "a"],
    ["a", 1, "b"],
    ["b", -1, "a"],
    ["c", 1, null],
    ["a", -1, null],
    ["gone", -1, "a"],
  ] as const)("from %s by %i leads to %s", (from, by, to) => {
    expect(neighbour(["a", "b", "c"], from, by)).toBe(to);
  });

  it("without rows leads nowhere", () => {
    expect(neighbour([], null, 1)).toBeNull();
  });
});
