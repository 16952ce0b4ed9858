// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it } from "vitest";
import { Refusal } from "../../api/problem";
import { type Loaded, useLoaded } from "./loaded";

/** Answers that a test gives when it likes, by the order in which they were asked for. */
class Server {
  readonly asked: { of: string; answer: (text: string) => Promise<void>; fail: () => Promise<void> }[] = [];

  load(of: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const problem = { type: "about:blank", title: `${of} failed`, status: 503 };
      this.asked.push({
        of,
        answer: (text) => settled(() => resolve(text)),
        fail: () => settled(() => reject(new Refusal(problem))),
      });
    });
  }
}

const settled = (give: () => void) =>
  act(async () => {
    give();
    await new Promise((resolve) => setTimeout(resolve));
  });

let shown: Loaded<string>;

function Part({ server, of }: { server: Server; of: string }) {
  shown = useLoaded(() => server.load(of), [of]);
  return <p>{shown.data.value}</p>;
}

const show = (server: Server, of = "a") =>
  act(() => render(<Part server={server} of={of} />, document.body));

afterEach(() => act(() => render(null, document.body)));

describe("what a page loads", () => {
  it("is not replaced by an answer that was asked for earlier", async () => {
    const server = new Server();
    await show(server);
    void shown.reload();
    await server.asked[1]!.answer("newer");
    await server.asked[0]!.answer("older");
    expect(document.body.textContent).toBe("newer");
  });

  it("is shown as soon as there is any", async () => {
    const server = new Server();
    await show(server);
    void shown.reload();
    await server.asked[0]!.answer("older");
    expect(document.body.textContent).toBe("older");
    await server.asked[1]!.answer("newer");
    expect(document.body.textContent).toBe("newer");
  });

  it("is never an answer to what the page showed before", async () => {
    const server = new Server();
    await show(server, "a");
    await show(server, "b");
    expect(server.asked.map(({ of }) => of)).toEqual(["a", "b"]);
    await server.asked[0]!.answer("of a");
    expect(document.body.textContent).toBe("");
    await server.asked[1]!.answer("of b");
    expect(document.body.textContent).toBe("of b");
  });

  it("is asked for with the present inputs, whoever still holds an older reload", async () => {
    const server = new Server();
    await show(server, "a");
    const { reload } = shown;
    await show(server, "b");
    void reload();
    expect(server.asked.at(-1)!.of).toBe("b");
  });

  it("is not replaced by what was asked for before it was put there", async () => {
    const server = new Server();
    await show(server);
    await act(() => shown.put("saved"));
    await server.asked[0]!.answer("older");
    expect(document.body.textContent).toBe("saved");
  });

  it("fails only by its latest request", async () => {
    const server = new Server();
    await show(server);
    void shown.reload();
    await server.asked[1]!.answer("newer");
    await server.asked[0]!.fail();
    expect(shown.problem.value).toBeNull();
    void shown.reload();
    await server.asked[2]!.fail();
    expect(shown.problem.value?.title).toBe("a failed");
    expect(document.body.textContent).toBe("newer");
  });
});
