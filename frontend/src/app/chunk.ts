/** Code that is fetched when it is first needed. A fetch that failed is no end of it. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { isOutdated, reloadOnce } from "./version";

/** A fetch that failed is tried again after these pauses: a server that restarts is soon back. */
const PAUSES_MS = [500, 2000, 5000];

export class Chunk<T> {
  readonly #loaded = signal<T | null>(null);
  readonly #hasFailed = signal(false);
  #needed: Promise<void> | null = null;

  constructor(
    private readonly load: () => Promise<{ default: T }>,
    private readonly wait = pause,
  ) {}

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
      if (ms !== null) await this.wait(ms);
    }
    this.#hasFailed.value = true;
  }

  /** Whether it is there now. */
  async #fetch(): Promise<boolean> {
    if (this.#loaded.peek() !== null) return true;
    try {
      this.#loaded.value = (await this.load()).default;
    } catch {
      return false;
    }
    return true;
  }
}

/** Pause, unless the server has a newer version, which no longer has the chunk: load that. */
export async function pauseOrReload(ms: number): Promise<void> {
  if (await isOutdated()) reloadOnce();
  await pause(ms);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
