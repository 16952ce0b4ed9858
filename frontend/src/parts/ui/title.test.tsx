// @vitest-environment happy-dom
import { createRef, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it } from "vitest";
import { renameError } from "../data/edit-outcome";
import { asSeen, saveOverOthers } from "../../live/save";
import { Refusal } from "../../api/problem";
import { type Rename, Title } from "./title";

/** A server with one document, and the page that the feed keeps up to date. */
class Server {
  document = { rev: 1, title: "Fix login" };

  rename: Rename = async (title, over) => {
    const outcome = await saveOverOthers({
      base: asSeen(this.document, { title: over }),
      fields: ["title"],
      mine: { title },
      read: async () => this.document,
      send: async (rev) => {
        if (rev !== this.document.rev) {
          throw new Refusal({ type: "about:blank", title: "Changed", status: 412 });
        }
        this.document = { rev: rev + 1, title };
        return this.document;
      },
    });
    return renameError(outcome, (theirs) => theirs.title);
  };

  show = () =>
    act(() =>
      render(
        <Title title={this.document.title} heading={createRef()} rename={this.rename} />,
        document.body,
      ),
    );

  /** Somebody else renames it, and the feed says so. */
  renameByOther = (title: string) => {
    this.document = { rev: this.document.rev + 1, title };
    return this.show();
  };
}

const edit = () => act(() => document.querySelector("button")!.click());
const input = () => document.querySelector("input");
const save = (text: string) =>
  act(async () => {
    const field = input()!;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("form")!.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

afterEach(() => act(() => render(null, document.body)));

it("is saved over the title that was seen", async () => {
  const server = new Server();
  await server.show();
  await edit();
  await save("Fix sign-in");
  expect(server.document.title).toBe("Fix sign-in");
  expect(input()).toBeNull();
});

it("replaces nobody's rename unseen, and replaces it when told again", async () => {
  const server = new Server();
  await server.show();
  await edit();
  await server.renameByOther("Fix the login");
  await save("Fix sign-in");
  expect(server.document.title).toBe("Fix the login");
  expect(document.body.textContent).toContain("Someone else renamed this to “Fix the login”.");
  expect(input()?.value).toBe("Fix sign-in");
  await save("Fix sign-in");
  expect(server.document.title).toBe("Fix sign-in");
  expect(input()).toBeNull();
});

it("leaves another's rename where nothing was typed", async () => {
  const server = new Server();
  await server.show();
  await edit();
  await server.renameByOther("Fix the login");
  await save("Fix login");
  expect(server.document.title).toBe("Fix the login");
  expect(input()).toBeNull();
});

it("has the direction of its own text", async () => {
  await new Server().show();
  expect(document.querySelector("h1")?.dir).toBe("auto");
  await edit();
  expect(input()?.getAttribute("dir")).toBe("auto");
});
