/** Code that is fetched when it is first needed. A fetch that failed is no end of it. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { reloadOnce, servedBuild } from "./build";

/** A fetch that failed is tried again after these pauses: a server that restarts is soon back. */
const PAUSES_MS = [500, 2000, 5000];
const ADDRESS = /https?:\/\/[^\s?]+\.js/;

interface Module<T> {
  default: T;
}

/** What a chunk needs of the browser. */
interface ChunkHost {
  pause: (ms: number) => Promise<void>;
  importAt: (address: string) => Promise<unknown>;
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
    this.#host = { pause, importAt, ...host };
  }

  /** What was fetched; null until it has been. */
  get loaded(): ReadonlySignal<T | null> {
    return this.#loaded;
  }

  /** Whether it was needed and could not be fetched. */
  get hasFailed(): ReadonlySignal<boolean> {
    return this.#hasFailed;
  }

  /** Fetch it before it is needed. That this fails tells nobody anything. */
  readonly preload = (): void => {
    void this.#fetch();
  };

  /** Fetch it because it is to be shown now; another call tries again. */
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

  /** Whether it is there now. */
  async #fetch(): Promise<boolean> {
    if (this.#loaded.peek() !== null) return true;
    try {
      this.#loaded.value = (await this.#module()).default;
    } catch (fault) {
      this.#address ??= ADDRESS.exec(String(fault))?.[0] ?? null;
      return false;
    }
    return true;
  }

  /**
   * Chromium remembers that an import failed and does not ask the server again for that address.
   * It names the address in the error: with a query behind it, it is another one.
   */
  #module(): Promise<Module<T>> {
    if (this.#address === null) return this.load();
    this.#tries += 1;
    return this.#host.importAt(`${this.#address}?again=${this.#tries}`) as Promise<Module<T>>;
  }
}

/** Pause, unless the server has a newer build, which no longer has the chunk: load that. */
export async function pauseOrReload(ms: number): Promise<void> {
  const build = await servedBuild();
  if (build?.isNewer) reloadOnce(build);
  await pause(ms);
}

/** Begin anew with what the server has now, as soon as it is there. */
export async function reloadWhereServed(): Promise<void> {
  const build = await servedBuild();
  if (build) reloadOnce(build);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const importAt = (address: string): Promise<unknown> => import(/* @vite-ignore */ address);
