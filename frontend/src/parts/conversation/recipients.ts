/**
 * The recipients of a message: people it mentions, plus those added and minus those removed by
 * hand.
 */

import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { Board, Member, Topic } from "../../live/documents";
import { handlesIn } from "./mentions";

export interface Recipients {
  members: ReadonlySignal<readonly Member[]>;
  add: (id: string) => void;
  remove: (id: string) => void;
  /** The ids to send; null if only mentions count. */
  explicit: () => string[] | null;
  clear: () => void;
}

/** The people who can be asked in a topic: active members except guests and me. */
export function askableMembers(board: Board, topic?: Topic): Member[] {
  const participants = topic?.kind === "direct" ? new Set(topic.participants) : null;
  return [...board.members.values()].filter(
    ({ id, role, disabled_at }) =>
      !disabled_at && role !== "guest" && id !== board.me.member_id && (participants?.has(id) ?? true),
  );
}

export function useRecipients(text: ReadonlySignal<string>, all: () => readonly Member[]): Recipients {
  const added = useSignal<ReadonlySet<string>>(new Set());
  const removed = useSignal<ReadonlySet<string>>(new Set());
  const members = useComputed(() =>
    selectRecipients(all(), handlesIn(text.value), added.value, removed.value),
  );
  return {
    members,
    add: (id) => {
      removed.value = without(removed.peek(), id);
      added.value = new Set([...added.peek(), id]);
    },
    remove: (id) => {
      added.value = without(added.peek(), id);
      removed.value = new Set([...removed.peek(), id]);
    },
    explicit: () => {
      const isByHand = added.peek().size + removed.peek().size > 0;
      return isByHand ? members.peek().map(({ id }) => id) : null;
    },
    clear: () => {
      added.value = new Set();
      removed.value = new Set();
    },
  };
}

/** The recipients: mentioned people first, then added ones. */
export function selectRecipients(
  all: readonly Member[],
  handles: readonly string[],
  added: ReadonlySet<string>,
  removed: ReadonlySet<string>,
): readonly Member[] {
  const named = handles.flatMap((handle) => all.find((member) => member.handle === handle) ?? []);
  const others = [...added].flatMap((id) => all.find((member) => member.id === id) ?? []);
  return [...new Set([...named, ...others])].filter(({ id }) => !removed.has(id));
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id));
}
