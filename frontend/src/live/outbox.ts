/**
 * What I sent and the server has not taken yet, kept in this browser until it has.
 *
 * Each has its Idempotency-Key from the start, so that one that arrived unheard is not done twice.
 * They go out one after the other, from one tab at a time. One that the server refuses stays, with
 * the reason and its text.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { newUuid } from "../api/random-uuid";
import { problemOf, UNREACHABLE } from "../api/problem";
import { pauseMs } from "./backoff";
import { type Send, SendStore } from "./send-store";

export type { Send } from "./send-store";

type Sent = Pick<Send, "path" | "method" | "body" | "label" | "where">;

/** Takes a send and says what the server answered; throws where there was no answer. */
export type Post = (send: Send) => Promise<{ status: number; body: unknown }>;

/** Runs something while no other tab runs something of that name. */
export type RunExclusively = (name: string, run: () => Promise<boolean>) => Promise<boolean>;

type Waiter = (answered: unknown) => void;

/** What a tab tells the others. */
interface Answered {
  key: string;
  body: unknown;
}

const UNAVAILABLE = new Set([429, 500, 502, 503, 504]);
const SIGNED_OUT = 401;
const LONGEST_REQUEST_MS = 60_000;

export class Outbox {
  readonly #sends = signal<readonly Send[]>([]);
  readonly #waiting = new Map<string, Waiter>();
  readonly #store: SendStore;
  #flushing: Promise<void> | null = null;
  #flushAgain = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #channel: BroadcastChannel | null = null;
  #lastQueuedAt = 0;

  constructor(
    private readonly name: string,
    private readonly post: Post,
    storage: Storage = localStorage,
    private readonly exclusively: RunExclusively = withLock,
  ) {
    this.#store = new SendStore(name, storage);
    this.reread();
  }

  /** What waits or was refused, oldest first. */
  get sends(): ReadonlySignal<readonly Send[]> {
    return this.#sends;
  }

  /** Follow what other tabs do, until the function that this gives is called. */
  follow(): () => void {
    const changed = ({ key }: StorageEvent) => {
      if (this.#store.owns(key)) this.reread();
    };
    const others = new BroadcastChannel(this.name);
    others.onmessage = ({ data }: MessageEvent<Answered>) => this.#onAnswered(data);
    this.#channel = others;
    globalThis.addEventListener?.("storage", changed);
    return () => {
      clearTimeout(this.#retry);
      globalThis.removeEventListener?.("storage", changed);
      this.#channel = null;
      others.close();
    };
  }

  /** Take up what another tab wrote, or what an earlier visit left. */
  reread(): void {
    this.#sends.value = this.#store.list();
  }

  /** Queue it and send what waits. Resolves with the server's answer, however late that is. */
  send(what: Sent): Promise<unknown> {
    const key = newUuid();
    this.#lastQueuedAt = Math.max(Date.now(), this.#lastQueuedAt + 1);
    const queued_at = new Date(this.#lastQueuedAt).toISOString();
    const answered = new Promise((resolve) => this.#waiting.set(key, resolve));
    this.#put({ ...what, key, queued_at, refused: null });
    void this.flush();
    return answered;
  }

  /** Send what waits, oldest first; stop where the server is away. */
  flush(): Promise<void> {
    this.#flushAgain = true;
    this.#flushing ??= this.#flushAll().finally(() => (this.#flushing = null));
    return this.#flushing;
  }

  /** Try a refused one again, perhaps changed. A changed one is another send: it gets another key. */
  retry(key: string, body?: unknown): Promise<void> {
    const refused = this.#store.list().find((send) => send.key === key);
    if (refused) {
      const changed = body === undefined ? {} : { body, key: newUuid() };
      this.#put({ ...refused, ...changed, refused: null });
      if (body !== undefined) this.#remove(key);
    }
    return this.flush();
  }

  discard(key: string): void {
    this.#waiting.delete(key);
    this.#remove(key);
  }

  /** What was queued while a run ended is sent by another run, unless the server is away. */
  async #flushAll(): Promise<void> {
    clearTimeout(this.#retry);
    let isThere = true;
    while (this.#flushAgain && isThere) {
      this.#flushAgain = false;
      isThere = await this.exclusively(this.name, () => this.#flush());
    }
  }

  /** Whether all was sent that waited. */
  async #flush(): Promise<boolean> {
    for (;;) {
      this.reread();
      const next = this.#sends.peek().find((send) => send.refused === null);
      if (!next) return true;
      if (!(await this.#deliver(next))) return false;
    }
  }

  /** Whether to go on with the next. */
  async #deliver(send: Send): Promise<boolean> {
    const answer = await this.post(send).catch(() => null);
    if (answer?.status === SIGNED_OUT) return false;
    if (answer === null || UNAVAILABLE.has(answer.status)) {
      this.#tryLater();
      return false;
    }
    this.#failures = 0;
    if (answer.status < 400) this.#settle({ key: send.key, body: answer.body });
    else if (this.#store.has(send.key)) {
      this.#put({ ...send, refused: problemOf(answer.status, answer.body) });
    }
    return true;
  }

  #tryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.flush(), pauseMs(this.#failures));
    this.#failures += 1;
  }

  /** The server has it: say so to whoever waits for that, here or in the tab where it was written. */
  #settle(answered: Answered): void {
    this.#remove(answered.key);
    this.#onAnswered(answered);
    this.#channel?.postMessage(answered);
  }

  #onAnswered({ key, body }: Answered): void {
    this.#waiting.get(key)?.(body);
    this.#waiting.delete(key);
    this.reread();
  }

  #put(send: Send): void {
    this.#store.put(send);
    this.reread();
  }

  #remove(key: string): void {
    this.#store.remove(key);
    this.reread();
  }
}

/**
 * Browsers give locks to secure pages alone. Elsewhere two tabs may send the same at once: the
 * server does it once, because both say the same Idempotency-Key.
 */
async function withLock(name: string, run: () => Promise<boolean>): Promise<boolean> {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(name, run) : run();
}

/** Send it to the server that served this page. One that hangs does not hold up the others for ever. */
export async function postToServer(send: Send): Promise<{ status: number; body: unknown }> {
  const response = await fetch(send.path, {
    method: send.method ?? "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": send.key },
    body: JSON.stringify(send.body),
    signal: AbortSignal.timeout(LONGEST_REQUEST_MS),
  });
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, body: body ?? UNREACHABLE };
}
