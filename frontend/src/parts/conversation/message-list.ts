/** The messages of a topic, oldest first: the newest page at first, then what comes, and earlier ones on demand. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { answer, api } from "../../api/client";
import { type Page, pageOf } from "../../api/pages";
import { type Problem, Refusal, UNREACHABLE } from "../../api/problem";
import type { components } from "../../api/schema";
import type { FeedEvent, Timer, Topic } from "../../live/documents";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";

export type Message = components["schemas"]["MessageOut"];

/** Many events come together; one reading after them is enough. */
const GATHER_MS = 100;

export class MessageList {
  readonly #messages = signal<readonly Message[] | null>(null);
  readonly #problem = signal<Problem | null>(null);
  readonly #earlier = signal<string | null>(null);
  #stale = new Set<string>();
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly here: WorkspaceHere,
    readonly topicId: string,
  ) {}

  /** Null until they have been read. */
  get messages(): ReadonlySignal<readonly Message[] | null> {
    return this.#messages;
  }

  /** Why the latest reading failed. */
  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }

  /** Where earlier messages go on; null where there are none. */
  get earlier(): ReadonlySignal<string | null> {
    return this.#earlier;
  }

  /** Read the newest page anew, and follow what happens until the function that this gives is called. */
  follow(): () => void {
    const end = this.here.live.listen((event) => this.#hear(event));
    const endResets = this.here.live.resets.subscribe(() => void this.read());
    const endStanding = this.here.live.standing.subscribe((standing) => {
      if (standing === "live" && this.#problem.peek()) void this.read();
    });
    return () => {
      clearTimeout(this.#gathering);
      end();
      endResets();
      endStanding();
    };
  }

  read(): Promise<void> {
    return this.#try(async () => {
      const { items, next } = await this.#page(null);
      this.#messages.value = [...items].reverse();
      this.#earlier.value = next;
    });
  }

  readEarlier(): Promise<void> {
    return this.#try(async () => {
      const { items, next } = await this.#page(this.#earlier.peek());
      this.#messages.value = [...[...items].reverse(), ...(this.#messages.peek() ?? [])];
      this.#earlier.value = next;
    });
  }

  /** Take a message as the server has it, new or changed. */
  put(message: Message): void {
    const known = this.#messages.peek();
    if (!known || message.topic_id !== this.topicId) return;
    const old = known.find(({ id }) => id === message.id);
    if (old && old.rev > message.rev) return;
    const others = known.filter((other) => other !== old);
    const at = others.findLastIndex((other) => isBefore(other, message)) + 1;
    if (!old && at === 0 && this.#earlier.peek()) return; // it comes with the earlier ones
    this.#messages.value = others.toSpliced(at, 0, message);
  }

  #page(cursor: string | null): Promise<Page<Message>> {
    const query = { sort: "-sent_at" as const, ...(cursor ? { cursor } : {}) };
    const params = { ...this.here.path({ topic_id: this.topicId }), query };
    return pageOf(api.GET("/api/workspaces/{workspace}/topics/{topic_id}/messages", { params }));
  }

  #hear({ data }: FeedEvent): void {
    const topic = data["topic"] as Topic | undefined;
    const timer = data["timer"] as Timer | undefined;
    if (timer?.topic_id === this.topicId) this.#readSoon(timer.message_id);
    else if (topic?.id === this.topicId && "message_id" in data) {
      this.#readSoon(data["message_id"] as string);
    }
  }

  #readSoon(messageId: string): void {
    this.#stale.add(messageId);
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => void this.#readStale(), GATHER_MS);
  }

  async #readStale(): Promise<void> {
    const ids = [...this.#stale];
    this.#stale = new Set();
    const path = "/api/workspaces/{workspace}/messages/{message_id}";
    await this.#try(async () => {
      const read = (message_id: string) =>
        answer(api.GET(path, { params: this.here.path({ message_id }) }));
      for (const message of await Promise.all(ids.map(read))) this.put(message);
    });
  }

  async #try(read: () => Promise<void>): Promise<void> {
    try {
      await read();
      this.#problem.value = null;
    } catch (fault) {
      this.#problem.value = fault instanceof Refusal ? fault.problem : UNREACHABLE;
    }
  }
}

const isBefore = (a: Message, b: Message) =>
  a.sent_at < b.sent_at || (a.sent_at === b.sent_at && a.id < b.id);

/** The messages of a topic for as long as the component is shown. */
export function useMessages(topicId: string): MessageList {
  const here = useWorkspace();
  const list = useMemo(() => new MessageList(here, topicId), [here, topicId]);
  useEffect(() => list.follow(), [list]);
  return list;
}
