// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { event } from "../../live/fixtures";
import type { FeedEvent } from "../../live/documents";
import type { WorkspaceHere } from "../../live/workspace";
import type { MessageList as List, Message } from "./message-list";

/** Answers that a test gives when it likes, by the ends of the addresses that were asked for. */
const asked: { url: string; answer: (body: unknown) => Promise<void> }[] = [];

vi.stubGlobal("fetch", ({ url }: Request) =>
  new Promise<Response>((resolve) => {
    const answer = async (body: unknown) => {
      resolve(new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } }));
      await new Promise((done) => setTimeout(done));
    };
    asked.push({ url, answer });
  }),
);
const { MessageList } = await import("./message-list");

const message = (id: string, rev = 1, body = id) =>
  ({ id, topic_id: "t", sent_at: `2026-05-18T07:00:0${id}Z`, rev, body }) as unknown as Message;

let hear: (event: FeedEvent) => void;
let list: List;

const bodies = () => list.messages.value?.map(({ body }) => body);
const request = (end: string) => asked.findLast(({ url }) => url.includes(end))!;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  asked.length = 0;
  const live = {
    listen: (listener: typeof hear) => {
      hear = listener;
      return () => undefined;
    },
    resets: signal(0),
    status: signal("live"),
  };
  const pathParams = (more: object) => ({ path: { workspace: "acme", ...more } });
  list = new MessageList({ live, pathParams } as unknown as WorkspaceHere, "t");
  list.follow();
});

/** The feed says that something happened to a message. */
async function changed(id: string): Promise<void> {
  hear(event(1, { topic: { id: "t" }, message_id: id }));
  await vi.advanceTimersByTimeAsync(150);
}

describe("the messages of a topic", () => {
  it("hold one that came while the first page was read", async () => {
    await changed("2");
    await request("/messages/2").answer(message("2"));
    await request("/topics/t/messages").answer([message("1")]);
    expect(bodies()).toEqual(["1", "2"]);
  });

  it("do not go back to an older page", async () => {
    const first = request("/topics/t/messages");
    void list.read();
    await request("/topics/t/messages").answer([message("2"), message("1")]);
    await first.answer([message("1")]);
    expect(bodies()).toEqual(["1", "2"]);
  });

  it("do not go back to what an older request said of one of them", async () => {
    await request("/topics/t/messages").answer([message("1", 1, "asked")]);
    await changed("1");
    const older = request("/messages/1");
    await changed("1");
    await request("/messages/1").answer(message("1", 1, "answered"));
    await older.answer(message("1", 1, "asked"));
    expect(bodies()).toEqual(["answered"]);
  });

  it("do not hold what is gone when they are read anew", async () => {
    await request("/topics/t/messages").answer([message("2"), message("1")]);
    void list.read();
    await request("/topics/t/messages").answer([message("2")]);
    expect(bodies()).toEqual(["2"]);
  });
});
