/**
 * The messages of a topic, oldest first. It starts with the newest page, follows events, and loads
 * earlier pages on demand.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { answer, api } from "../../api/client";
import { type Page, pageOf } from "../../api/pages";
import { type Problem, problemIn } from "../../api/problem";
import type { components } from "../../api/schema";
import type { FeedEvent, Timer, Topic } from "../../live/documents";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";

export type Message = components["schemas"]["MessageOut"];

/** Many events come together; one reading after them is enough. */
const GATHER_MS = 100;

/** A message and the number of the request that returned it. */
interface Known {
  message: Message;
  asked: number;
}

export class MessageList {
  readonly #messages = signal<readonly Message[] | null>(null);
  readonly #problem = signal<Problem | null>(null);
  readonly #earlier = signal<string | null>(null);
  readonly #known = new Map<string, Known>();
  /** The oldest message of the loaded pages. */
  #first: Message | null = null;
  #asked = 0;
  #pageAsked = 0;
  #stale = new Set<string>();
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly here: WorkspaceHere,
    readonly topicId: string,
  ) {}

  /** Null until the first page is loaded. */
  get messages(): ReadonlySignal<readonly Message[] | null> {
    return this.#messages;
  }

  /** Why the last request failed. */
  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }

  /** The cursor of the earlier page; null at the beginning. */
  get earlier(): ReadonlySignal<string | null> {
    return this.#earlier;
  }

  /** Load the newest page and follow events until the returned function is called. */
  follow(): () => void {
    const end = this.here.live.listen((event) => this.#onEvent(event));
    const endResets = this.here.live.resets.subscribe(() => void this.read());
    const endStanding = this.here.live.status.subscribe((standing) => {
      if (standing === "live" && this.#problem.peek()) void this.read();
    });
    return () => {
      clearTimeout(this.#gathering);
      end();
      endResets();
      endStanding();
    };
  }

  /** Load the newest page. Messages from later requests stay. */
  read(): Promise<void> {
    return this.#run(async () => {
      const asked = this.#ask();
      const page = await this.#page(null);
      if (asked < this.#pageAsked) return;
      this.#pageAsked = asked;
      for (const [id, known] of this.#known) if (known.asked < asked) this.#known.delete(id);
      this.#addPage(page, asked);
    });
  }

  readEarlier(): Promise<void> {
    return this.#run(async () => {
      const asked = this.#ask();
      const cursor = this.#earlier.peek();
      const page = await this.#page(cursor);
      if (this.#earlier.peek() === cursor) this.#addPage(page, asked);
    });
  }

  /** Add or replace a message that the server returned. */
  put(message: Message): void {
    this.#add(message, this.#ask());
    this.#show();
  }

  #ask(): number {
    this.#asked += 1;
    return this.#asked;
  }

  #add(message: Message, asked: number): void {
    const old = this.#known.get(message.id);
    const isOld = old && (old.asked > asked || old.message.rev > message.rev);
    if (message.topic_id === this.topicId && !isOld) this.#known.set(message.id, { message, asked });
  }

  #addPage({ items, next }: Page<Message>, asked: number): void {
    for (const message of items) this.#add(message, asked);
    this.#earlier.value = next;
    this.#first = items.at(-1) ?? this.#first;
    this.#show();
  }

  /** Publish the messages. Those older than the loaded pages wait for their own page. */
  #show(): void {
    if (this.#pageAsked === 0) return;
    const first = this.#earlier.peek() ? this.#first : null;
    const all = [...this.#known.values()].map(({ message }) => message);
    const shown = first ? all.filter((message) => !isBefore(message, first)) : all;
    this.#messages.value = shown.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  #page(cursor: string | null): Promise<Page<Message>> {
    const query = { sort: "-sent_at" as const, ...(cursor ? { cursor } : {}) };
    const params = { ...this.here.pathParams({ topic_id: this.topicId }), query };
    return pageOf(api.GET("/api/workspaces/{workspace}/topics/{topic_id}/messages", { params }));
  }

  #onEvent({ data }: FeedEvent): void {
    const topic = data["topic"] as Topic | undefined;
    const timer = data["timer"] as Timer | undefined;
    if (timer?.topic_id === this.topicId) {
      this.#readSoon(timer.message_id);
      const answered = ({ message }: Known) =>
        message.answers.some(({ timer_id }) => timer_id === timer.id);
      for (const known of this.#known.values()) if (answered(known)) this.#readSoon(known.message.id);
    } else if (topic?.id === this.topicId && "message_id" in data) {
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
    await this.#run(async () => {
      const asked = this.#ask();
      const read = (message_id: string) =>
        answer(api.GET(path, { params: this.here.pathParams({ message_id }) }));
      for (const message of await Promise.all(ids.map(read))) this.#add(message, asked);
      this.#show();
    });
  }

  async #run(read: () => Promise<void>): Promise<void> {
    try {
      await read();
      this.#problem.value = null;
    } catch (fault) {
      this.#problem.value = problemIn(fault);
    }
  }
}

const isBefore = (a: Message, b: Message) =>
  a.sent_at < b.sent_at || (a.sent_at === b.sent_at && a.id < b.id);

/** The messages of a topic, kept current while the component is mounted. */
export function useMessages(topicId: string): MessageList {
  const here = useWorkspace();
  const list = useMemo(() => new MessageList(here, topicId), [here, topicId]);
  useEffect(() => list.follow(), [list]);
  return list;
}
