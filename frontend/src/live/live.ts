/** The workspace that is open, kept current by its feed: what every page of it shows. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { answer, api } from "../api/client";
import { Refusal } from "../api/problem";
import { pauseMs } from "./backoff";
import { FeedClient, type Next } from "./client";
import type { Board, Frame } from "./documents";

const ACCESS_ENDED = 4401;
const SILENCE_MS = 10_000;

/** `opening` until the first board; `gone` where the workspace is not (or no longer) mine. */
export type Standing = "opening" | "live" | "reconnecting" | "gone";

export class Live {
  readonly #board = signal<Board | null>(null);
  readonly #standing = signal<Standing>("opening");
  readonly #client = new FeedClient();
  #socket: WebSocket | null = null;
  #greeted = false;
  #closed = false;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly slug: string) {}

  get board(): ReadonlySignal<Board | null> {
    return this.#board;
  }

  get standing(): ReadonlySignal<Standing> {
    return this.#standing;
  }

  open(): void {
    addEventListener("online", this.#hurry);
    document.addEventListener("visibilitychange", this.#hurry);
    void this.#begin();
  }

  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#hurry);
    document.removeEventListener("visibilitychange", this.#hurry);
    this.#drop();
  }

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
    this.#go(this.#client.take(frame));
  }

  #go(next: Next): void {
    this.#show();
    if (next === "resume") this.#tryLater();
    else if (next === "refetch") void this.#refetch();
    else this.#failures = 0;
  }

  #show(): void {
    this.#board.value = this.#client.board;
    this.#standing.value = "live";
  }

  /** The server says to read afresh; the socket stays open meanwhile. */
  async #refetch(): Promise<void> {
    const socket = this.#socket;
    try {
      const snapshot = await this.#snapshot();
      if (socket === this.#socket) this.#go(this.#client.takeSnapshot(snapshot));
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
    if (mine) this.#tryLater();
    else this.#drop();
  }

  #tryLater(): void {
    this.#drop();
    if (this.#closed) return;
    this.#retry = setTimeout(() => this.#tryNow(), pauseMs(this.#failures));
    this.#failures += 1;
  }
}

/** The workspace, followed as long as the page that asks for it is shown. */
export function useLive(slug: string): Live {
  const live = useMemo(() => new Live(slug), [slug]);
  useEffect(() => {
    live.open();
    return () => live.close();
  }, [live]);
  return live;
}
