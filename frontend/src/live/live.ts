/** The workspace that is open, kept current by its feed: what every page of it shows. */

import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { answer, api } from "../api/client";
import { Refusal } from "../api/problem";
import { pauseMs } from "./backoff";
import { FeedClient, type Next } from "./feed-client";
import type { Board, Collection, Documents, Editable, FeedEvent, Frame } from "./documents";
import { type Change, Edits, type Outcome } from "./edits";
import { Rows } from "./rows";
import { forgetBoard, keepBoard, keptBoard } from "./board-cache";

const ACCESS_ENDED = 4401;
const SILENCE_MS = 10_000;
const KEEP_EVERY_MS = 30_000;
const KEEP_AFTER_MS = 2000;
const BACK_MS = 1000;
const NONE: ReadonlyMap<string, unknown> = new Map();

/**
 * `opening` until the first word of the server, perhaps with a board that was kept from before;
 * `gone` where the workspace is not (or no longer) mine.
 */
export type Standing = "opening" | "live" | "reconnecting" | "gone";

export class Live {
  readonly #board = signal<Board | null>(null);
  readonly #standing = signal<Standing>("opening");
  readonly #rows = new Rows();
  readonly #lists = new Map<Collection, ReadonlySignal<unknown>>();
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  readonly #resets = signal(0);
  readonly #edits = new Edits({
    truth: () => this.#client.board,
    changed: () => this.#showBoard(),
    back: () => this.#back(),
  });
  #client = new FeedClient();
  #keptAt = 0;
  #socket: WebSocket | null = null;
  #greeted = false;
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

  get standing(): ReadonlySignal<Standing> {
    return this.#standing;
  }

  open(): void {
    addEventListener("online", this.#hurry);
    addEventListener("beforeunload", this.#askWhenUnsent);
    document.addEventListener("visibilitychange", this.#hurry);
    document.addEventListener("visibilitychange", this.#keepWhenHidden);
    void this.#start();
  }

  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#hurry);
    removeEventListener("beforeunload", this.#askWhenUnsent);
    document.removeEventListener("visibilitychange", this.#hurry);
    document.removeEventListener("visibilitychange", this.#keepWhenHidden);
    this.#drop();
  }

  /** A change that waits for the one before it would be lost with the page: the browser asks. */
  readonly #askWhenUnsent = (event: BeforeUnloadEvent): void => {
    if (this.#edits.hasUnsent) event.preventDefault();
  };

  /** The network or the tab is back: try now instead of at the end of the pause. */
  readonly #hurry = (): void => {
    if (this.#standing.value === "reconnecting" && !document.hidden && !this.#socket) {
      this.#tryNow();
    }
  };

  #tryNow(): void {
    if (this.#client.board) this.#connect();
    else void this.#begin();
  }

  /** Show what was kept and go on from there, else read the workspace. */
  async #start(): Promise<void> {
    const kept = await keptBoard(this.account, this.slug);
    if (this.#closed) return;
    if (!kept) return this.#begin();
    this.#client = new FeedClient(kept);
    this.#showBoard();
    this.#connect();
  }

  /** Read the workspace, then follow it from there. */
  async #begin(): Promise<void> {
    try {
      this.#client.takeSnapshot(await this.#snapshot());
      this.#show();
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

  #drop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #connect(): void {
    this.#drop();
    if (this.#closed) return;
    this.#greeted = false;
    const query = new URLSearchParams(this.#client.resumeFrom());
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const address = `${scheme}://${location.host}/api/workspaces/${this.slug}/feed?${query}`;
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#expectSomething();
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#take(JSON.parse(data) as Frame);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) void this.#lost(!this.#greeted || code === ACCESS_ENDED);
    };
  }

  #expectSomething(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#lost(false), SILENCE_MS);
  }

  #take(frame: Frame): void {
    this.#expectSomething();
    this.#greeted = true;
    const before = this.#client.board?.seq ?? Infinity;
    this.#go(this.#client.take(frame));
    if (frame.type === "events") this.#tell(frame.events.filter((event) => event.seq > before));
  }

  #tell(events: readonly FeedEvent[]): void {
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }

  #go(next: Next): void {
    this.#show();
    if (next === "resume") this.#tryLater();
    else if (next === "refetch") void this.#refetch();
    else this.#failures = 0;
  }

  #show(): void {
    this.#standing.value = "live";
    this.#showBoard();
    if (Date.now() - this.#keptAt > KEEP_EVERY_MS) this.#keepSoon();
  }

  #showBoard(): void {
    const truth = this.#client.board;
    const shown = truth && this.#edits.over(truth);
    if (shown === this.#board.peek()) return;
    batch(() => {
      this.#board.value = shown;
      this.#rows.show(shown);
    });
  }

  #keepSoon(): void {
    this.#keptAt = Date.now();
    setTimeout(this.#keep, KEEP_AFTER_MS);
  }

  readonly #keepWhenHidden = (): void => {
    if (document.hidden) this.#keep();
  };

  readonly #keep = (): void => {
    const { board } = this.#client;
    const isMine = !this.#closed && this.#standing.value !== "gone";
    if (board && isMine) void keepBoard(this.account, this.slug, board);
  };

  /** Resolves after a pause, once the feed runs. */
  async #back(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, BACK_MS));
    await new Promise<void>((resolve) => {
      const end = this.#standing.subscribe((standing) => {
        if (standing !== "live") return;
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
      this.#go(this.#client.takeSnapshot(snapshot));
    } catch (fault) {
      if (socket === this.#socket) this.#fail(fault);
    }
  }

  /** Try again after a pause; `ask` first whether the workspace is still mine to see. */
  async #lost(ask: boolean): Promise<void> {
    this.#drop();
    this.#standing.value = "reconnecting";
    try {
      if (ask) await this.#workspace();
      if (!this.#socket) this.#tryLater();
    } catch (fault) {
      this.#fail(fault);
    }
  }

  #fail(fault: unknown): void {
    const mine = !(fault instanceof Refusal && [401, 403, 404].includes(fault.status));
    this.#standing.value = mine ? "reconnecting" : "gone";
    if (mine) return this.#tryLater();
    this.#drop();
    this.#board.value = null;
    void forgetBoard(this.slug);
  }

  #tryLater(): void {
    this.#drop();
    if (this.#closed) return;
    this.#retry = setTimeout(() => this.#tryNow(), pauseMs(this.#failures));
    this.#failures += 1;
  }
}
