/** The data of the open workspace, kept current by its event feed. Every page shows it. */

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
 * `opening` until the server answers, perhaps with a cached board; `gone` where I have no access to
 * the workspace.
 */
type ConnectionStatus = "opening" | "live" | "reconnecting" | "gone";

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

  /**
   * Counts full reloads of the board. Other data that a page has loaded may be out of date after
   * one.
   */
  get resets(): ReadonlySignal<number> {
    return this.#resets;
  }

  /** The whole board with my edits. Use `list` or `one` where less is shown. */
  get board(): ReadonlySignal<Board | null> {
    return this.#board;
  }

  /** One list by id. It stays the same object until an event changes it. */
  list<C extends Collection>(name: C): ReadonlySignal<ReadonlyMap<string, Documents[C]>> {
    const known =
      this.#lists.get(name) ?? computed<unknown>(() => this.#board.value?.[name] ?? NONE);
    this.#lists.set(name, known);
    return known as ReadonlySignal<ReadonlyMap<string, Documents[C]>>;
  }

  /** One document. Its signal changes only when the document does. */
  one<C extends Collection>(name: C, id: string): ReadonlySignal<Documents[C] | undefined> {
    return this.#rows.one(name, id);
  }

  /** Show a change at once, send it, and resolve to how it ended. */
  change<C extends Editable>(
    change: Change<Documents[C]> & { collection: C },
  ): Promise<Outcome<Documents[C]>> {
    return this.#edits.change(change);
  }

  /** Call the listener for every event from now on, until the returned function is called. */
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

  /** Make the browser ask before it closes a page with unsent changes. */
  readonly #warnWhenUnsent = (event: BeforeUnloadEvent): void => {
    if (this.#edits.hasUnsent) event.preventDefault();
  };

  /** Reconnect now instead of after the pause: the network or the tab is back. */
  readonly #reconnectNow = (): void => {
    if (this.#status.value === "reconnecting" && !document.hidden && !this.#socket) {
      this.#tryNow();
    }
  };

  #tryNow(): void {
    if (this.#client.board) this.#connect();
    else void this.#readSnapshot();
  }

  /** Show the cached board and follow the feed from there, or read the workspace. */
  async #openCached(): Promise<void> {
    const kept = await readCachedBoard(this.account, this.slug);
    if (this.#closed) return;
    if (!kept) return this.#readSnapshot();
    this.#client = new FeedClient(kept);
    this.#showBoard();
    this.#connect();
  }

  /** Read the workspace, then follow the feed from there. */
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

  /** Resolve after a pause, once the feed is connected. */
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

  /** Read the workspace again because the server said so. The socket stays open meanwhile. */
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

  /** Reconnect after a pause. With `ask`, first check whether I still have access. */
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
