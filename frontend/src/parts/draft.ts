/** What is typed and not sent yet, kept in this browser until it is. */

import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { useWorkspace } from "../live/workspace";

export interface Draft {
  text: Signal<string>;
  /** It was sent: forget it. */
  clear: () => void;
  /** It was saved as this text: what differs from it is kept from now on. */
  settle: (text: string) => void;
  /** Whether it was found here, from before. */
  restored: boolean;
}

export class DraftStore {
  constructor(
    private readonly name: string,
    private initial: string,
    private readonly storage: Storage,
  ) {}

  read(): string | null {
    return this.storage.getItem(this.name);
  }

  write(text: string): void {
    if (text === this.initial) this.storage.removeItem(this.name);
    else this.storage.setItem(this.name, text);
  }

  /** It was saved as this text; `typed` is what stands in the field now. */
  settle(saved: string, typed: string): void {
    this.initial = saved;
    this.write(typed);
  }
}

/** A field's text that outlives the page: `useDraft("comment:" + topic.id)`. */
export function useDraft(field: string, initial = ""): Draft {
  const here = useWorkspace();
  const [store, text, restored] = useMemo(() => {
    const made = new DraftStore(here.keyOf(`draft:${field}`), initial, localStorage);
    const kept = made.read();
    return [made, signal(kept ?? initial), kept !== null] as const;
  }, [here, field]);
  useEffect(() => text.subscribe((typed) => store.write(typed)), [store, text]);
  const clear = () => {
    text.value = initial;
  };
  const settle = (saved: string) => store.settle(saved, text.peek());
  return { text, clear, settle, restored };
}
