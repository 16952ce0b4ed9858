/** Drafts: typed text that is stored in this browser until it is sent. */

import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { isSignedIn } from "../../session/session";
import { useWorkspace } from "../../live/workspace";

export interface Draft {
  text: Signal<string>;
  /** Delete the draft, because it was sent. */
  clear: () => void;
  /** Set the saved text. From now on only a different text is stored. */
  markSaved: (text: string) => void;
  /** Whether it comes from an earlier visit. */
  restored: boolean;
}

export class DraftStore {
  constructor(
    readonly name: string,
    private saved: string,
    private readonly storage: Storage,
  ) {}

  /** The field's text while nothing is typed. */
  get initial(): string {
    return this.saved;
  }

  read(): string | null {
    return this.storage.getItem(this.name);
  }

  write(text: string): void {
    if (text === this.saved) this.storage.removeItem(this.name);
    else this.storage.setItem(this.name, text);
  }

  /** Set the saved text; `typed` is the field's text now. */
  markSaved(saved: string, typed: string): void {
    this.saved = saved;
    this.write(typed);
  }
}

/** A field's text that survives reloads: `useDraft("comment:" + topic.id)`. */
export function useDraft(field: string, initial = ""): Draft {
  const here = useWorkspace();
  const latestInitial = useRef(initial);
  latestInitial.current = initial;
  const [store, text, restored] = useMemo(() => {
    const saved = latestInitial.current;
    const made = new DraftStore(here.storageKey(`draft:${field}`), saved, localStorage);
    const kept = made.read();
    return [made, signal(kept ?? saved), kept !== null] as const;
  }, [here, field]);
  useEffect(() => text.subscribe((typed) => store.write(typed)), [store, text]);
  useEffect(() => followOthers(store, text), [store, text]);
  const clear = () => {
    text.value = store.initial;
  };
  const markSaved = (saved: string) => store.markSaved(saved, text.peek());
  return { text, clear, markSaved, restored };
}

/**
 * Follow other tabs that send or discard this draft. Text that was typed here is stored again; text
 * that was only restored here is removed. Returns a function that stops it.
 */
export function followOthers(store: DraftStore, text: Signal<string>): () => void {
  const found = text.peek();
  const follow = ({ key, newValue }: StorageEvent) => {
    if (key !== store.name || newValue !== null) return;
    if (text.peek() === found) text.value = store.initial;
    else if (isSignedIn()) store.write(text.peek());
  };
  addEventListener("storage", follow);
  return () => removeEventListener("storage", follow);
}
