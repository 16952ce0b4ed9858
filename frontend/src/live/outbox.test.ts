import { describe, expect, it, vi } from "vitest";
import { type RunExclusively, Outbox, type Post, type Send } from "./outbox";

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

/** A server that does each Idempotency-Key once, after a while, and says how often it was asked. */
function idempotentServer(): { post: Post; done: unknown[]; asked: string[] } {
  const answers = new Map<string, unknown>();
  const done: unknown[] = [];
  const asked: string[] = [];
  const post: Post = async ({ key, body }) => {
    asked.push(key);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (!answers.has(key)) {
      done.push(body);
      answers.set(key, { id: `made of ${JSON.stringify(body)}` });
    }
    return { status: 201, body: answers.get(key) };
  };
  return { post, done, asked };
}

/** What the browser's lock manager does: one after the other, by name. */
function locksOfABrowser(): RunExclusively {
  let tail = Promise.resolve(true);
  return (_, run) => (tail = tail.then(run));
}

const saying = (body: string) => ({ ...MESSAGE, body: { body } });
const away: Post = () => Promise.reject(new TypeError("Failed to fetch"));

describe("two tabs", () => {
  it("lose nothing that the other one queued", () => {
    const storage = new FakeStorage();
    const [one, other] = [new Outbox("o", away, storage), new Outbox("o", away, storage)];
    void one.send(saying("from one"));
    void other.send(saying("from the other"));
    void one.send(saying("again from one"));
    const kept = new Outbox("o", away, storage).sends.value.map(({ body }) => body);
    expect(kept).toHaveLength(3);
    expect(kept).toEqual(
      expect.arrayContaining([
        { body: "from one" },
        { body: "from the other" },
        { body: "again from one" },
      ]),
    );
  });

  it("send each once, in turn, and both hear what became of theirs", async () => {
    const storage = new FakeStorage();
    const { post, done, asked } = idempotentServer();
    const locks = locksOfABrowser();
    const tabs = [1, 2].map(() => new Outbox("both", post, storage, locks));
    const ends = tabs.map((tab) => tab.follow());
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => tabs[at % 2]!.send(saying(`number ${at}`))),
    );
    expect(answers.map((answer) => (answer as { id: string }).id)).toEqual(
      Array.from({ length: 10 }, (_, at) => `made of {"body":"number ${at}"}`),
    );
    expect(done).toHaveLength(10);
    expect(asked).toHaveLength(10);
    expect(storage.length).toBe(0);
    for (const end of ends) end();
  });

  it("do nothing twice where the browser gives no locks", async () => {
    const storage = new FakeStorage();
    const { post, done } = idempotentServer();
    const open: RunExclusively = (_, run) => run();
    const [one, other] = [1, 2].map(() => new Outbox("open", post, storage, open));
    await Promise.all([one!.send(saying("once")), other!.flush()]);
    expect(done).toEqual([{ body: "once" }]);
  });

  it("do not bring back what one of them discarded while the other sent it", async () => {
    const storage = new FakeStorage();
    let refuse = (): void => {};
    const slow: Post = () =>
      new Promise((resolve) => (refuse = () => resolve({ status: 422, body: null })));
    const sending = new Outbox("o", slow, storage);
    void sending.send(MESSAGE);
    await Promise.resolve();
    const other = new Outbox("o", away, storage);
    other.discard(other.sends.value[0]!.key);
    refuse();
    await sending.flush();
    expect(storage.length).toBe(0);
  });
});

describe("what waits", () => {
  it("is tried again by itself where the server was busy for a moment", async () => {
    vi.useFakeTimers();
    const { post, heard } = serverOf(503, 429, 201);
    const outbox = new Outbox("o", post, new FakeStorage());
    const answered = outbox.send(MESSAGE);
    await vi.runAllTimersAsync();
    expect(await answered).toMatchObject({ status: 201 });
    expect(heard).toHaveLength(3);
    vi.useRealTimers();
  });

  it("goes out although it was queued while the run before it ended", async () => {
    const { post, heard } = serverOf(201, 201, 201);
    const outbox = new Outbox("o", post, new FakeStorage());
    await outbox.send(saying("first"));
    await outbox.send(saying("second"));
    await outbox.send(saying("third"));
    expect(heard).toHaveLength(3);
  });

  it("is taken over from the list of earlier versions", () => {
    const storage = new FakeStorage();
    const old = [1, 2].map((at) => ({
      ...saying(`old ${at}`),
      key: `key-${at}`,
      queued_at: `2026-05-18T07:00:0${at}Z`,
      refused: null,
    }));
    storage.setItem("o", JSON.stringify(old));
    expect(new Outbox("o", away, storage).sends.value).toEqual(old);
    expect(storage.getItem("o")).toBeNull();
  });

  it("goes out although the browser has no room to keep it", async () => {
    const storage = new FakeStorage();
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const { post, heard } = serverOf(null, 201);
    const outbox = new Outbox("o", post, storage);
    const answered = outbox.send(MESSAGE);
    await outbox.flush();
    expect(outbox.sends.value).toHaveLength(1);
    await outbox.flush();
    await answered;
    expect(heard).toHaveLength(2);
    expect(outbox.sends.value).toEqual([]);
  });
});
