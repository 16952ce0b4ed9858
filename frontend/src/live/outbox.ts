/**
 * What I sent and the server has not taken yet, kept in this browser until it has.
 *
 * Each has its Idempotency-Key from the start, so that one that arrived unheard is not done twice.
 * They go out one after the other. One that the server refuses stays, with the reason and its text.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { problemOf, type Problem, UNREACHABLE } from "../api/problem";

export interface Send {
  /** The Idempotency-Key. */
  key: string;
  /** The path of the request, from `/api`. */
  path: string;
  /** What is put takes the place of what is there; without it, it is posted. */
  method?: "PUT";
  body: unknown;
  /** What it is, in words: `Message in WEB-3`. */
  label: string;
  /** Where it belongs on the screen: a topic's id, say. */
  where: string;
  queued_at: string;
  refused: Problem | null;
}

type Sent = Pick<Send, "path" | "method" | "body" | "label" | "where">;

/** Takes a send and says what the server answered; throws where there was no answer. */
export type Post = (send: Send) => Promise<{ status: number; body: unknown }>;

type Waiter = (answered: unknown) => void;

const AWAY = new Set([429, 500, 502, 503, 504]);
const SIGNED_OUT = 401;

export class Outbox {
  readonly #sends = signal<readonly Send[]>([]);
  readonly #waiting = new Map<string, Waiter>();
  #flushing: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly post: Post,
    private readonly storage: Storage = localStorage,
  ) {
    this.reread();
  }

  /** What waits or was refused, oldest first. */
  get sends(): ReadonlySignal<readonly Send[]> {
    return this.#sends;
  }

  /** Take up what another tab wrote, or what an earlier visit left. */
  reread(): void {
    const kept = this.storage.getItem(this.name);
    this.#sends.value = kept ? (JSON.parse(kept) as Send[]) : [];
  }

  /** Queue it and send what waits. Resolves with the server's answer, however late that is. */
  send(what: Sent): Promise<unknown> {
    const key = crypto.randomUUID();
    const send = { ...what, key, queued_at: new Date().toISOString(), refused: null };
    const answered = new Promise((resolve) => this.#waiting.set(key, resolve));
    this.#keep([...this.#sends.peek(), send]);
    void this.flush();
    return answered;
  }

  /** Send what waits, oldest first; stop where the server is away. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  /** Try a refused one again, perhaps changed. A changed one is another send: it gets another key. */
  retry(key: string, body?: unknown): Promise<void> {
    const again = (send: Send): Send => {
      const changed = body === undefined ? {} : { body, key: crypto.randomUUID() };
      return { ...send, ...changed, refused: null };
    };
    this.#keep(this.#sends.peek().map((send) => (send.key === key ? again(send) : send)));
    return this.flush();
  }

  discard(key: string): void {
    this.#waiting.delete(key);
    this.#keep(this.#sends.peek().filter((send) => send.key !== key));
  }

  async #flush(): Promise<void> {
    for (;;) {
      const next = this.#sends.peek().find((send) => send.refused === null);
      if (!next || !(await this.#deliver(next))) return;
    }
  }

  /** Whether to go on with the next. */
  async #deliver(send: Send): Promise<boolean> {
    const answer = await this.post(send).catch(() => null);
    if (answer === null || AWAY.has(answer.status) || answer.status === SIGNED_OUT) return false;
    if (answer.status < 400) {
      this.#waiting.get(send.key)?.(answer.body);
      this.discard(send.key);
      return true;
    }
    const refused = problemOf(answer.status, answer.body);
    const marked = (other: Send) => (other.key === send.key ? { ...other, refused } : other);
    this.#keep(this.#sends.peek().map(marked));
    return true;
  }

  #keep(sends: readonly Send[]): void {
    this.#sends.value = sends;
    if (sends.length > 0) this.storage.setItem(this.name, JSON.stringify(sends));
    else this.storage.removeItem(this.name);
  }
}

/** Send it to the server that served this page. */
export async function postToServer(send: Send): Promise<{ status: number; body: unknown }> {
  const response = await fetch(send.path, {
    method: send.method ?? "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": send.key },
    body: JSON.stringify(send.body),
  });
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, body: body ?? UNREACHABLE };
}
