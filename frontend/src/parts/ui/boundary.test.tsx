// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Boundary } from "./boundary";

let isBroken = true;

function Message({ text }: { text: string }) {
  if (isBroken && text === "bad") throw new TypeError("text is undefined");
  return <p>{text}</p>;
}

const show = (...texts: string[]) =>
  act(() =>
    render(
      texts.map((text, index) => (
        <Boundary key={index} what="This message" of={text}>
          <Message text={text} />
        </Boundary>
      )),
      document.body,
    ),
  );

const said = () => document.body.textContent;

beforeEach(() => {
  isBroken = true;
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(async () => {
  await act(() => render(null, document.body));
  vi.restoreAllMocks();
});

describe("a message that cannot be drawn", () => {
  it("says so, and leaves the others as they are", async () => {
    await show("good", "bad", "better");
    expect(said()).toBe("goodThis message couldn’t be shown.Try againbetter");
    expect(console.error).toHaveBeenCalled();
  });

  it("is drawn at another try", async () => {
    await show("bad");
    isBroken = false;
    await act(() => document.querySelector("button")!.click());
    expect(said()).toBe("bad");
  });

  it("is drawn once it has changed", async () => {
    await show("bad");
    await show("mended");
    expect(said()).toBe("mended");
  });
});
