/** A message while it is written: its text, files, whom it asks and how urgently; and sending it. */

import {
  type ReadonlySignal,
  type Signal,
  useComputed,
  useSignal,
  useSignalEffect,
} from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Member, Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import type { Attachment } from "../attachments/attachment-list";
import { Uploads } from "../attachments/uploads";
import { type Draft, useDraft } from "../form/draft";
import { toast } from "../ui/toast";
import { askable, type Recipients, useRecipients } from "./recipients";
import { type AskPreview, type AskPlace, useAskPreview } from "./ask-preview";
import { needingReason } from "./ask-preview-words";

export interface MessageDraftProps {
  /** What is typed. */
  draft: Draft;
  /** What its other drafts are called after: `comment:{topic id}`. */
  field: string;
  /** What it says about itself: `Comment on WEB-3`. */
  label: string;
  place: AskPlace;
  /** Where it is posted, from `/api`. */
  path: string;
  /** Where it belongs on the screen. */
  where: string;
  /** The topic that it belongs to, where it has one already. */
  topic?: Topic | undefined;
  /** What is sent beside it: an update's condition. */
  extra?: () => object;
  /** Whether that is all there; where it is not, it says so itself. */
  ready?: () => boolean;
  sent?: (answered: Promise<unknown>) => void;
}

export interface MessageDraft {
  files: Files;
  uploads: Uploads;
  recipients: Recipients;
  all: () => readonly Member[];
  askPreview: AskPreview;
  /** Whether it asks somebody urgently. */
  urgent: ReadonlySignal<boolean>;
  wantsUrgent: Signal<boolean>;
  reason: Signal<string>;
  /** What keeps it from being sent, after one tried. */
  missing: Signal<"text" | "reason" | null>;
  /** It is sent as soon as its files have arrived. */
  awaitsFiles: Signal<boolean>;
  send: () => void;
  /** Send it at that instant; null where there is no conversation yet. */
  sendLater: ((at: string) => void) | null;
}

export function useMessageDraft(props: MessageDraftProps): MessageDraft {
  const { draft, field, place, topic } = props;
  const here = useWorkspace();
  const reason = useDraft(`${field}:reason`);
  const [files, uploads] = useFiles(`${field}:files`);
  const wantsUrgent = useSignal(false);
  const missing = useSignal<"text" | "reason" | null>(null);
  const awaitsFiles = useSignal(false);
  const all = () => {
    const board = here.live.board.peek();
    return board ? askable(board, topic) : [];
  };
  const recipients = useRecipients(draft.text, all);
  const urgent = useComputed(() => wantsUrgent.value && recipients.members.value.length > 0);
  const askPreview = useAskPreview(place, recipients.members, urgent);

  const needsReason = () => urgent.peek() && needingReason(askPreview.preview.peek()).length > 0;
  const whatIsMissing = () => {
    if (!draft.text.peek().trim()) return "text";
    return needsReason() && !reason.text.peek().trim() ? "reason" : null;
  };
  const message = () => ({
    body: draft.text.peek().trim(),
    asks: recipients.explicit(),
    urgent: urgent.peek(),
  });
  const clear = () => {
    for (const kept of [draft, reason, files, recipients]) kept.clear();
    wantsUrgent.value = false;
  };
  const send = () => {
    if (props.ready?.() === false) return;
    missing.value = null;
    missing.value = whatIsMissing();
    if (missing.peek()) return;
    awaitsFiles.value = uploads.going.peek().length > 0;
    if (awaitsFiles.peek()) return;
    const body = {
      ...props.extra?.(),
      ...message(),
      urgent_reason: needsReason() ? reason.text.peek().trim() : null,
      attachments: files.list.peek().map(({ id }) => id),
    };
    const { path, label, where } = props;
    props.sent?.(here.outbox.send({ path, body, label, where }));
    clear();
  };
  const sendLater = (send_at: string) => {
    missing.value = draft.text.peek().trim() ? null : "text";
    if (missing.peek()) return;
    if (files.list.peek().length + uploads.going.peek().length > 0) {
      toast("Files cannot wait with it: take them out, or send it now", { kind: "bad" });
      return;
    }
    const path = `/api/workspaces/${here.slug}/topics/${place.topic}/scheduled-messages`;
    const { label, where } = props;
    void here.outbox.send({ path, body: { ...message(), send_at }, label, where });
    clear();
  };
  useSignalEffect(() => {
    const going = uploads.going.value;
    if (!awaitsFiles.value || going.some(({ problem }) => !problem)) return;
    awaitsFiles.value = false;
    if (going.length === 0) send();
    else toast("It waits for the files: try them again, or take them out", { kind: "bad" });
  });
  return {
    files,
    uploads,
    recipients,
    all,
    askPreview,
    urgent,
    wantsUrgent,
    reason: reason.text,
    missing,
    awaitsFiles,
    send,
    sendLater: place.topic ? sendLater : null,
  };
}

interface Files {
  list: ReadonlySignal<readonly Attachment[]>;
  remove: (attachment: Attachment) => void;
  clear: () => void;
}

/** The files that will hang on the message: they outlive the page as its text does. */
function useFiles(field: string): [Files, Uploads] {
  const { slug } = useWorkspace();
  const kept = useDraft(field, "[]");
  const { text } = kept;
  const list = useComputed(() => attachmentsIn(text.value));
  const uploads = useMemo(
    () =>
      new Uploads(slug, (attachment) => {
        text.value = JSON.stringify([...attachmentsIn(text.peek()), attachment]);
      }),
    [slug, text],
  );
  useEffect(() => () => uploads.close(), [uploads]);
  const remove = ({ id }: Attachment) => {
    text.value = JSON.stringify(list.peek().filter((other) => other.id !== id));
  };
  return [{ list, remove, clear: kept.clear }, uploads];
}

const attachmentsIn = (text: string) => JSON.parse(text) as readonly Attachment[];
