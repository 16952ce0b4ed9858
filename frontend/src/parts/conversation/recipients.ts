/**
 * The recipients of a message: people it mentions and the one it is for, plus those added and minus
 * those removed by hand. Its draft keeps these.
 */

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Board, Member, Topic } from "../../live/documents";
import { useDraft } from "../form/draft";
import { handlesIn } from "./mentions";
import { selectRecipients } from "./select-recipients";

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

interface RecipientsOf {
  text: ReadonlySignal<string>;
  all: () => readonly Member[];
  /** Who is asked without being mentioned. */
  implied: ReadonlySignal<Member | null>;
  /** The prefix of its drafts. */
  field: string;
}

export function useRecipients({ text, all, implied, field }: RecipientsOf): Recipients {
  const kept = useDraft(`${field}:asks`, "{}");
  const changes = () => JSON.parse(kept.text.peek()) as Changes;
  const change = (id: string, isAsked: boolean) => {
    kept.text.value = JSON.stringify({ ...changes(), [id]: isAsked });
  };
  const members = useComputed(() => {
    const byHand = JSON.parse(kept.text.value) as Changes;
    const those = (isAsked: boolean) =>
      new Set(Object.keys(byHand).filter((id) => byHand[id] === isAsked));
    const added = those(true);
    if (implied.value) added.add(implied.value.id);
    return selectRecipients(all(), handlesIn(text.value), added, those(false));
  });
  return {
    members,
    add: (id) => change(id, true),
    remove: (id) => change(id, false),
    explicit: () =>
      Object.keys(changes()).length > 0 ? members.peek().map(({ id }) => id) : null,
    clear: kept.clear,
  };
}

/** Whether each person that was added or removed by hand is asked, by id. */
type Changes = Readonly<Record<string, boolean>>;
