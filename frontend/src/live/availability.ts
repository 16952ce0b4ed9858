/**
 * Who is working now and until when, as the server computes it. It is read again when calendars
 * change.
 */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { answer, api } from "../api/client";
import type { components } from "../api/schema";
import { minute } from "../api/clock";
import { LatestRequest } from "../api/latest";
import type { Live } from "./live";

export type Times = components["schemas"]["Availability"];

const STALE_MS = 10 * 60_000;

/** Everyone's current hours, by member id. They are kept current while a component watches. */
export class TeamHours {
  readonly #times = signal<ReadonlyMap<string, Times>>(new Map());
  #readAt = 0;
  readonly #latest = new LatestRequest();
  #watchers = 0;
  #end: () => void = () => undefined;

  constructor(private readonly live: Live) {}

  get times(): ReadonlySignal<ReadonlyMap<string, Times>> {
    return this.#times;
  }

  /** Keep the hours current until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) this.#end = this.#follow();
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#end();
    };
  }

  #follow(): () => void {
    const unlisten = this.live.listen(({ kind }) => {
      if (/^(calendar|holidays|member)/.test(kind)) void this.#read();
    });
    const end = effect(() => {
      if (minute.value - this.#readAt > STALE_MS || this.#hasChangedSince(minute.value)) void this.#read();
    });
    return () => {
      unlisten();
      end();
    };
  }

  /** Whether someone has started or finished work since the last read. */
  #hasChangedSince(at: number): boolean {
    for (const { next_start, intervals } of this.#times.peek().values()) {
      const edges = [next_start, ...intervals.flatMap(({ start, end }) => [start, end])];
      if (edges.some((edge) => edge && isBetween(Date.parse(edge.at), this.#readAt, at))) return true;
    }
    return false;
  }

  async #read(): Promise<void> {
    const before = this.#readAt;
    const isLatest = this.#latest.start();
    this.#readAt = minute.peek();
    try {
      const path = { workspace: this.live.slug };
      const read = answer(api.GET("/api/workspaces/{workspace}/availability", { params: { path } }));
      const { members } = await read;
      if (isLatest()) this.#times.value = new Map(members.map((times) => [times.member_id, times]));
    } catch {
      if (isLatest()) this.#readAt = before; // shown as it was; the next minute tries again
    }
  }
}

const isBetween = (at: number, after: number, until: number) => after < at && at <= until;
