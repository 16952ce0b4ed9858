/**
 * Stores unsent requests in this browser. Each has its own entry in localStorage, so that two tabs
 * can't overwrite each other's.
 */

import type { Problem } from "../api/problem";

export interface Send {
  /** The Idempotency-Key. */
  key: string;
  /** The path of the request, from `/api`. */
  path: string;
  /** The method; POST without it. */
  method?: "PUT";
  body: unknown;
  /** Its name on screen: `Message in WEB-3`. */
  label: string;
  /** Where it is shown until it is sent, such as a topic's id. */
  where: string;
  queued_at: string;
  refused: Problem | null;
}

export class SendStore {
  /** Requests that the browser couldn't store. They last as long as the page. */
  readonly #unstored = new Map<string, Send>();

  /** Entries are named `name:key`. */
  constructor(
    private readonly name: string,
    private readonly storage: Storage,
  ) {
    this.#migrateList();
  }

  /** Whether a localStorage entry is in this store; null stands for all entries. */
  owns(entry: string | null): boolean {
    return entry === null || entry.startsWith(`${this.name}:`);
  }

  /** The requests of all tabs, oldest first. */
  list(): Send[] {
    const names = Array.from({ length: this.storage.length }, (_, at) => this.storage.key(at) ?? "");
    const stored = names.filter((name) => this.owns(name)).flatMap((name) => this.#read(name));
    return [...stored, ...this.#unstored.values()].sort(byAge);
  }

  has(key: string): boolean {
    return this.#unstored.has(key) || this.storage.getItem(this.#nameOf(key)) !== null;
  }

  put(send: Send): void {
    try {
      this.storage.setItem(this.#nameOf(send.key), JSON.stringify(send));
      this.#unstored.delete(send.key);
    } catch {
      this.#unstored.set(send.key, send);
    }
  }

  remove(key: string): void {
    this.#unstored.delete(key);
    this.storage.removeItem(this.#nameOf(key));
  }

  #nameOf(key: string): string {
    return `${this.name}:${key}`;
  }

  #read(name: string): Send[] {
    const kept = this.storage.getItem(name);
    return kept === null ? [] : [JSON.parse(kept) as Send];
  }

  /** Earlier versions stored all requests as one list, under the name itself. */
  #migrateList(): void {
    const kept = this.storage.getItem(this.name);
    if (kept === null) return;
    for (const send of JSON.parse(kept) as Send[]) this.put(send);
    this.storage.removeItem(this.name);
  }
}

const byAge = (a: Send, b: Send) => (a.queued_at < b.queued_at ? -1 : 1);
