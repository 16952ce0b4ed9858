import { describe, expect, it } from "vitest";
import { Outbox, type Post, type Send } from "./outbox";

class FakeStorage implements Storage {
  readonly #kept = new Map<string, string>();
  get length() {
    return this.#kept.size;
  }
  clear = () => this.#kept.clear();
  getItem = (name: string) => this.#kept.get(name) ?? null;
  key = (index: number) => [...this.#kept.keys()][index] ?? null;
  removeItem = (name: string) => void this.#kept.delete(name);
  setItem = (name: string, text: string) => void this.#kept.set(name, text);
}

const MESSAGE = { path: "/api/messages", body: { body: "Hello" }, label: "Message", where: "t" };

/** A server that gives these answers in turn; null is none. */
function serverOf(...answers: (number | null)[]): { post: Post; heard: Send[] } {
  const heard: Send[] = [];
  const post: Post = async (send) => {
    heard.push(send);
    const status = answers.shift() ?? null;
    if (status === null) throw new TypeError("Failed to fetch");
    return { status, body: { status, title: `Answer ${status}` } };
  };
  return { post, heard };
}

describe("the outbox", () => {
  it("sends, gives the answer, and keeps nothing", async () => {
    const storage = new FakeStorage();
    const outbox = new Outbox("o", serverOf(201).post, storage);
    expect(await outbox.send(MESSAGE)).toMatchObject({ status: 201 });
    expect(outbox.sends.value).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it("puts what is to be put, and posts the rest", async () => {
    const { post, heard } = serverOf(200, 201);
    const outbox = new Outbox("o", post, new FakeStorage());
    await outbox.send({ ...MESSAGE, method: "PUT" });
    await outbox.send(MESSAGE);
    expect(heard.map(({ method }) => method)).toEqual(["PUT", undefined]);
  });

  it("keeps what was not heard, over a reload, and sends it with the same key", async () => {
    const storage = new FakeStorage();
    const { post, heard } = serverOf(null, 503, 201);
    const before = new Outbox("o", post, storage);
    void before.send(MESSAGE);
    await before.flush();
    const after = new Outbox("o", post, storage);
    expect(after.sends.value).toMatchObject([{ body: { body: "Hello" }, refused: null }]);
    await after.flush();
    expect(after.sends.value).toHaveLength(1);
    await after.flush();
    expect(after.sends.value).toEqual([]);
    expect(new Set(heard.map(({ key }) => key)).size).toBe(1);
    expect(heard).toHaveLength(3);
  });

  it("keeps what was refused with the reason, and goes on with the next", async () => {
    const outbox = new Outbox("o", serverOf(422, 201).post, new FakeStorage());
    void outbox.send(MESSAGE);
    await outbox.send({ ...MESSAGE, label: "Second" });
    expect(outbox.sends.value).toMatchObject([{ label: "Message", refused: { status: 422 } }]);
  });

  it("sends a changed one as another", async () => {
    const { post, heard } = serverOf(422, 201);
    const outbox = new Outbox("o", post, new FakeStorage());
    void outbox.send(MESSAGE);
    await outbox.flush();
    await outbox.retry(outbox.sends.value[0]!.key, { body: "Better" });
    expect(heard.map(({ body }) => body)).toEqual([{ body: "Hello" }, { body: "Better" }]);
    expect(heard[0]!.key).not.toBe(heard[1]!.key);
    expect(outbox.sends.value).toEqual([]);
  });

  it("keeps what is sent after the session has ended", async () => {
    const outbox = new Outbox("o", serverOf(401, 201).post, new FakeStorage());
    void outbox.send(MESSAGE);
    await outbox.flush();
    expect(outbox.sends.value).toMatchObject([{ refused: null }]);
    await outbox.flush();
    expect(outbox.sends.value).toEqual([]);
  });

  it("forgets what is discarded", async () => {
    const storage = new FakeStorage();
    const outbox = new Outbox("o", serverOf(422).post, storage);
    void outbox.send(MESSAGE);
    await outbox.flush();
    outbox.discard(outbox.sends.value[0]!.key);
    expect(storage.length).toBe(0);
  });
});
