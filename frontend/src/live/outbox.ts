/**
 * Requests that wait for the server, stored in this browser until it has accepted them. Each keeps
 * its Idempotency-Key, so that one whose response was lost is not done twice. They are sent one
 * after the other, from one tab at a time. One that the server refuses stays, with the reason and
 * its text.
 */

import { language } from "../text/language";
import { type ReadonlySignal, signal } from "@preact/signals";
import { newUuid } from "../api/random-uuid";
import { problemOf, UNREACHABLE } from "../api/problem";
import { pauseMs } from "./backoff";
import { type Send, SendStore } from "./send-store";

export type { Send } from "./send-store";

type Sent = Pick<Send, "path" | "method" | "body" | "label" | "where">;

/** Posts a request and resolves to the response. Throws where there was none. */
export type Post = (send: Send) => Promise<{ status: number; body: unknown }>;

/** Runs a function while no other tab runs one under the same name. */
export type RunExclusively = (name: string, run: () => Promise<boolean>) => Promise<boolean>;

type Waiter = (answered: unknown) => void;

/** A response, as one tab tells it to the others. */
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

  /** The waiting and refused requests, oldest first. */
  get sends(): ReadonlySignal<readonly Send[]> {
    return this.#sends;
  }

  /** Follow the other tabs until the returned function is called. */
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

  /** Read the stored requests again: another tab or an earlier visit may have left some. */
  reread(): void {
    this.#sends.value = this.#store.list();
  }

  /**
   * Queue a request and send what waits. Resolves to the server's response, however late it comes.
   */
  send(what: Sent): Promise<unknown> {
    const key = newUuid();
    this.#lastQueuedAt = Math.max(Date.now(), this.#lastQueuedAt + 1);
    const queued_at = new Date(this.#lastQueuedAt).toISOString();
    const answered = new Promise((resolve) => this.#waiting.set(key, resolve));
    this.#put({ ...what, key, queued_at, refused: null });
    void this.flush();
    return answered;
  }

  /** Send what waits, oldest first, until the server can't be reached. */
  flush(): Promise<void> {
    this.#flushAgain = true;
    this.#flushing ??= this.#flushAll().finally(() => (this.#flushing = null));
    return this.#flushing;
  }

  /** Send a refused request again. With another body it is another request and gets a new key. */
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

  /**
   * Requests that were queued during the last run are sent by another one, unless the server is
   * away.
   */
  async #flushAll(): Promise<void> {
    clearTimeout(this.#retry);
    let isThere = true;
    while (this.#flushAgain && isThere) {
      this.#flushAgain = false;
      isThere = await this.exclusively(this.name, () => this.#flush());
    }
  }

  /** Send every waiting request. Resolves to whether all were sent. */
  async #flush(): Promise<boolean> {
    for (;;) {
      this.reread();
      const next = this.#sends.peek().find((send) => send.refused === null);
      if (!next) return true;
      if (!(await this.#deliver(next))) return false;
    }
  }

  /** Send one request. Resolves to whether the next one can be sent. */
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

  /** Remove an accepted request and pass its response to its sender, in this tab or another. */
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
 * Browsers offer locks on secure pages only. Elsewhere two tabs may send the same request at once.
 * The server does it once, because both send the same Idempotency-Key.
 */
async function withLock(name: string, run: () => Promise<boolean>): Promise<boolean> {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(name, run) : run();
}

/**
 * Send a request to the server of this page. A timeout keeps one that hangs from blocking the
 * others.
 */
export async function postToServer(send: Send): Promise<{ status: number; body: unknown }> {
  const response = await fetch(send.path, {
    method: send.method ?? "POST",
    headers: {
      "Accept-Language": language,
      "Content-Type": "application/json",
      "Idempotency-Key": send.key,
    },
    body: JSON.stringify(send.body),
    signal: AbortSignal.timeout(LONGEST_REQUEST_MS),
  });
  const body: unknown = await response.json().catch(() => null);
  return { status: response.status, body: body ?? UNREACHABLE };
}
