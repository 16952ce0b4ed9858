/**
 * What waits to be sent, in this browser. Each send has a name of its own in localStorage, so that
 * two tabs that write at the same moment cannot overwrite each other's.
 */

import type { Problem } from "../api/problem";

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

export class SendStore {
  /** Those that the browser would not take: they last as long as the page. */
  readonly #unstored = new Map<string, Send>();

  /** The names of its entries begin with `name`. */
  constructor(
    private readonly name: string,
    private readonly storage: Storage,
  ) {
    this.#migrateList();
  }

  /** Whether an entry of localStorage is one of these; null stands for all of them. */
  owns(entry: string | null): boolean {
    return entry === null || entry.startsWith(`${this.name}:`);
  }

  /** All of them as every tab left them, oldest first. */
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

  /** Earlier versions kept all sends as one list, under the name itself. */
  #migrateList(): void {
    const kept = this.storage.getItem(this.name);
    if (kept === null) return;
    for (const send of JSON.parse(kept) as Send[]) this.put(send);
    this.storage.removeItem(this.name);
  }
}

const byAge = (a: Send, b: Send) => (a.queued_at < b.queued_at ? -1 : 1);
