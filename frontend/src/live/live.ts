/** The workspace that is open, kept current by its feed: what every page of it shows. */

import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { answer, api } from "../api/client";
import { Refusal } from "../api/problem";
import { pauseMs } from "./backoff";
import { FeedClient, type Next } from "./feed-client";
import type { Board, Collection, Documents, Editable, FeedEvent, Frame } from "./documents";
import { type Change, Edits } from "./edits";
import { Rows } from "./rows";
import type { Outcome } from "./save";
import { clearCachedBoard, cacheBoard, readCachedBoard } from "./board-cache";

const ACCESS_ENDED = 4401;
const SILENCE_MS = 10_000;
const CACHE_EVERY_MS = 30_000;
const CACHE_AFTER_MS = 2000;
const REACHABLE_PAUSE_MS = 1000;
const NONE: ReadonlyMap<string, unknown> = new Map();

/**
 * `opening` until the first word of the server, perhaps with a board that was kept from before;
 * `gone` where the workspace is not (or no longer) mine.
 */
export type ConnectionStatus = "opening" | "live" | "reconnecting" | "gone";

export class Live {
  readonly #board = signal<Board | null>(null);
  readonly #status = signal<ConnectionStatus>("opening");
  readonly #rows = new Rows();
  readonly #lists = new Map<Collection, ReadonlySignal<unknown>>();
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  readonly #resets = signal(0);
  readonly #edits = new Edits({
    serverBoard: () => this.#client.board,
    onChange: () => this.#showBoard(),
    whenReachable: () => this.#whenReachable(),
  });
  #client = new FeedClient();
  #cachedAt = 0;
  #socket: WebSocket | null = null;
  #hasFrame = false;
  #closed = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly slug: string,
    private readonly account: string,
  ) {}

  /** Counts the times that all was read anew: what a page read beside the board may be old then. */
  get resets(): ReadonlySignal<number> {
    return this.#resets;
  }

  /** All of it, with my edits over it. Whatever shows less asks for less: `list`, `one`. */
  get board(): ReadonlySignal<Board | null> {
    return this.#board;
  }

  /** One list by id; it stays the same object while no event touches it. */
  list<C extends Collection>(name: C): ReadonlySignal<ReadonlyMap<string, Documents[C]>> {
    const known =
      this.#lists.get(name) ?? computed<unknown>(() => this.#board.value?.[name] ?? NONE);
    this.#lists.set(name, known);
    return known as ReadonlySignal<ReadonlyMap<string, Documents[C]>>;
  }

  /** One document: its signal changes when it does, and at no other time. */
  one<C extends Collection>(name: C, id: string): ReadonlySignal<Documents[C] | undefined> {
    return this.#rows.one(name, id);
  }

  /** Show a change at once, send it, and say how that ended. */
  change<C extends Editable>(
    change: Change<Documents[C]> & { collection: C },
  ): Promise<Outcome<Documents[C]>> {
    return this.#edits.change(change);
  }

  /** Hear every event that comes from now on. Gives what ends it. */
  listen(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get status(): ReadonlySignal<ConnectionStatus> {
    return this.#status;
  }

  open(): void {
    addEventListener("online", this.#reconnectNow);
    addEventListener("beforeunload", this.#warnWhenUnsent);
    document.addEventListener("visibilitychange", this.#reconnectNow);
    document.addEventListener("visibilitychange", this.#cacheWhenHidden);
    void this.#openCached();
  }

  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#reconnectNow);
    removeEventListener("beforeunload", this.#warnWhenUnsent);
    document.removeEventListener("visibilitychange", this.#reconnectNow);
    document.removeEventListener("visibilitychange", this.#cacheWhenHidden);
    this.#disconnect();
  }

  /** A change that waits for the one before it would be lost with the page: the browser asks. */
  readonly #warnWhenUnsent = (event: BeforeUnloadEvent): void => {
    if (this.#edits.hasUnsent) event.preventDefault();
  };

  /** The network or the tab is back: try now instead of at the end of the pause. */
  readonly #reconnectNow = (): void => {
    if (this.#status.value === "reconnecting" && !document.hidden && !this.#socket) {
      this.#tryNow();
    }
  };

  #tryNow(): void {
    if (this.#client.board) this.#connect();
    else void this.#readSnapshot();
  }

  /** Show what was kept and go on from there, else read the workspace. */
  async #openCached(): Promise<void> {
    const kept = await readCachedBoard(this.account, this.slug);
    if (this.#closed) return;
    if (!kept) return this.#readSnapshot();
    this.#client = new FeedClient(kept);
    this.#showBoard();
    this.#connect();
  }

  /** Read the workspace, then follow it from there. */
  async #readSnapshot(): Promise<void> {
    try {
      this.#client.takeSnapshot(await this.#snapshot());
      this.#showLive();
      this.#connect();
    } catch (fault) {
      this.#fail(fault);
    }
  }

  #snapshot() {
    const path = { workspace: this.slug };
    return answer(api.GET("/api/workspaces/{workspace}/snapshot", { params: { path } }));
  }

  #workspace() {
    const path = { workspace: this.slug };
    return answer(api.GET("/api/workspaces/{workspace}", { params: { path } }));
  }

  #disconnect(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #connect(): void {
    this.#disconnect();
    if (this.#closed) return;
    this.#hasFrame = false;
    const query = new URLSearchParams(this.#client.resumeFrom());
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const address = `${scheme}://${location.host}/api/workspaces/${this.slug}/feed?${query}`;
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#resetSilenceTimer();
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#onFrame(JSON.parse(data) as Frame);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) void this.#reconnect(!this.#hasFrame || code === ACCESS_ENDED);
    };
  }

  #resetSilenceTimer(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#reconnect(false), SILENCE_MS);
  }

  #onFrame(frame: Frame): void {
    this.#resetSilenceTimer();
    this.#hasFrame = true;
    const before = this.#client.board?.seq ?? Infinity;
    this.#advance(this.#client.follow(frame));
    if (frame.type === "events") this.#notify(frame.events.filter((event) => event.seq > before));
  }

  #notify(events: readonly FeedEvent[]): void {
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }

  #advance(next: Next): void {
    this.#showLive();
    if (next === "resume") this.#tryLater();
    else if (next === "refetch") void this.#refetch();
    else this.#failures = 0;
  }

  #showLive(): void {
    this.#status.value = "live";
    this.#showBoard();
    if (Date.now() - this.#cachedAt > CACHE_EVERY_MS) this.#cacheSoon();
  }

  #showBoard(): void {
    const truth = this.#client.board;
    const shown = truth && this.#edits.applyTo(truth);
    if (shown === this.#board.peek()) return;
    batch(() => {
      this.#board.value = shown;
      this.#rows.show(shown);
    });
  }

  #cacheSoon(): void {
    this.#cachedAt = Date.now();
    setTimeout(this.#cache, CACHE_AFTER_MS);
  }

  readonly #cacheWhenHidden = (): void => {
    if (document.hidden) this.#cache();
  };

  readonly #cache = (): void => {
    const { board } = this.#client;
    const isMine = !this.#closed && this.#status.value !== "gone";
    if (board && isMine) void cacheBoard(this.account, this.slug, board);
  };

  /** Resolves after a pause, once the feed runs. */
  async #whenReachable(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, REACHABLE_PAUSE_MS));
    await new Promise<void>((resolve) => {
      const end = this.#status.subscribe((status) => {
        if (status !== "live") return;
        resolve();
        queueMicrotask(() => end());
      });
    });
  }

  /** The server says to read afresh; the socket stays open meanwhile. */
  async #refetch(): Promise<void> {
    const socket = this.#socket;
    try {
      const snapshot = await this.#snapshot();
      if (socket !== this.#socket) return;
      this.#edits.startOver();
      this.#resets.value += 1;
      this.#advance(this.#client.takeSnapshot(snapshot));
    } catch (fault) {
      if (socket === this.#socket) this.#fail(fault);
    }
  }

  /** Try again after a pause; `ask` first whether the workspace is still mine to see. */
  async #reconnect(ask: boolean): Promise<void> {
    this.#disconnect();
    this.#status.value = "reconnecting";
    try {
      if (ask) await this.#workspace();
      if (!this.#socket) this.#tryLater();
    } catch (fault) {
      this.#fail(fault);
    }
  }

  #fail(fault: unknown): void {
    const mine = !(fault instanceof Refusal && [401, 403, 404].includes(fault.status));
    this.#status.value = mine ? "reconnecting" : "gone";
    if (mine) return this.#tryLater();
    this.#disconnect();
    this.#board.value = null;
    void clearCachedBoard(this.slug);
  }

  #tryLater(): void {
    this.#disconnect();
    if (this.#closed) return;
    this.#retry = setTimeout(() => this.#tryNow(), pauseMs(this.#failures));
    this.#failures += 1;
  }
}
