/** A lazily loaded module. Failed loads are retried. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { reloadOnce, servedBuild } from "./build";

/** The pauses between retries. A server that restarts is back within seconds. */
const PAUSES_MS = [500, 2000, 5000];
const ADDRESS = /https?:\/\/[^\s?]+\.js/;

interface Module<T> {
  default: T;
}

/** What a chunk needs from the browser. */
interface ChunkHost {
  pause: (ms: number) => Promise<void>;
  importAt: (address: string) => Promise<unknown>;
  /** Load what the module needs beside itself. It counts as loaded after that. */
  complete: () => Promise<void>;
}

export class Chunk<T> {
  readonly #loaded = signal<T | null>(null);
  readonly #hasFailed = signal(false);
  readonly #host: ChunkHost;
  #needed: Promise<void> | null = null;
  #address: string | null = null;
  #tries = 0;

  constructor(
    private readonly load: () => Promise<Module<T>>,
    host: Partial<ChunkHost> = {},
  ) {
    this.#host = { pause, importAt, complete: async () => {}, ...host };
  }

  /** The module's export; null until it is loaded. */
  get loaded(): ReadonlySignal<T | null> {
    return this.#loaded;
  }

  /** Whether loading it has failed. */
  get hasFailed(): ReadonlySignal<boolean> {
    return this.#hasFailed;
  }

  /** Load it before it is needed. A failure is ignored. */
  readonly preload = (): void => {
    void this.#fetch();
  };

  /** Load it because it is shown now. Another call tries again. */
  readonly need = (): Promise<void> => {
    if (this.#loaded.peek() === null) {
      this.#needed ??= this.#tryHard().finally(() => (this.#needed = null));
    }
    return this.#needed ?? Promise.resolve();
  };

  async #tryHard(): Promise<void> {
    this.#hasFailed.value = false;
    for (const ms of [...PAUSES_MS, null]) {
      if (await this.#fetch()) return;
      if (ms !== null) await this.#host.pause(ms);
    }
    this.#hasFailed.value = true;
  }

  /** Load it once. Resolves to whether it is loaded. */
  async #fetch(): Promise<boolean> {
    if (this.#loaded.peek() !== null) return true;
    try {
      const module = await this.#module();
      await this.#host.complete();
      this.#loaded.value = module.default;
    } catch (fault) {
      this.#address ??= ADDRESS.exec(String(fault))?.[0] ?? null;
      return false;
    }
    return true;
  }

  /**
   * Chromium remembers a failed import and never requests its address again. The error names the
   * address, so retries add a query to it.
   */
  #module(): Promise<Module<T>> {
    if (this.#address === null) return this.load();
    this.#tries += 1;
    return this.#host.importAt(`${this.#address}?again=${this.#tries}`) as Promise<Module<T>>;
  }
}

/**
 * Pause between retries. If the server has a newer build, which no longer has the chunk, load that
 * instead.
 */
export async function pauseOrReload(ms: number): Promise<void> {
  const build = await servedBuild();
  if (build?.isNewer) reloadOnce(build);
  await pause(ms);
}

/** Reload the page with the server's current build, if it can be reached. */
export async function reloadWhereServed(): Promise<void> {
  const build = await servedBuild();
  if (build) reloadOnce(build);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const importAt = (address: string): Promise<unknown> => import(/* @vite-ignore */ address);
