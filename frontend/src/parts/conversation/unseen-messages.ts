/** Counts new messages below the visible part of a conversation. */

import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Message } from "./message-list";

interface UnseenMessages {
  /** For the element below the last message. */
  end: RefObject<HTMLDivElement | null>;
  /** How many messages of others arrived below the visible part. */
  unseen: Signal<number>;
  show: () => void;
}

export function useUnseenMessages(messages: readonly Message[] | null, me: string): UnseenMessages {
  const end = useRef<HTMLDivElement>(null);
  const unseen = useSignal(0);
  const isAtEnd = useRef(true);
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => {
      isAtEnd.current = entry?.isIntersecting ?? true;
      if (isAtEnd.current) unseen.value = 0;
    });
    if (end.current) watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [unseen]);
  useEffect(() => {
    if (!messages) return;
    const before = known.current;
    const last = before ? messages.findLastIndex(({ id }) => before.has(id)) : -1;
    const came = messages.slice(last + 1).filter(({ author }) => author.id !== me);
    if (before && !isAtEnd.current) unseen.value += came.length;
    known.current = new Set(messages.map(({ id }) => id));
  }, [messages, me, unseen]);
  const show = () => end.current?.scrollIntoView({ block: "end", behavior: "smooth" });
  return { end, unseen, show };
}
