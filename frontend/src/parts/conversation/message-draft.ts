/** The state of a message while it is written, and sending it. */

import t from "locale:conversation";
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
import { type Answers, useAnswers } from "./answers";
import { askableMembers, type Recipients, useRecipients } from "./recipients";
import { reportAnswers } from "./reopen";
import { type AskPreview, type AskPlace, useAskPreview } from "./ask-preview";
import { needingReason } from "./ask-preview-words";
import { type Clarity, useClarity } from "./clarity";
import type { Unreached } from "./unreached";

export interface MessageDraftProps {
  /** The text. */
  draft: Draft;
  /** The prefix of its other drafts: `comment:{topic id}`. */
  field: string;
  /** Its name on screen: `Comment on WEB-3`. */
  label: string;
  place: AskPlace;
  /** The path that it is posted to. */
  path: string;
  /** Where it is shown until it is sent. */
  where: string;
  /** Its topic, if there is one yet. */
  topic?: Topic | undefined;
  /** More fields to send, such as an update's condition. */
  extra?: () => object;
  /** Whether those fields are complete. It shows its own error if not. */
  ready?: () => boolean;
  sent?: (answered: Promise<unknown>) => void;
}

type Missing = "text" | "reason" | "clarity" | null;

export interface MessageDraft {
  files: Files;
  uploads: Uploads;
  recipients: Recipients;
  answers: Answers;
  all: () => readonly Member[];
  askPreview: AskPreview;
  /** The mentions in it that ask no one. */
  unreached: ReadonlySignal<readonly Unreached[]>;
  /** Whether it is urgent and has recipients. */
  urgent: ReadonlySignal<boolean>;
  wantsUrgent: Signal<boolean>;
  reason: Signal<string>;
  clarity: Clarity;
  /** Why it misses points that are required. */
  clarityReason: Signal<string>;
  /** What is missing, after an attempt to send. */
  missing: Signal<Missing>;
  /** Whether it waits for uploads and is sent after them. */
  awaitsFiles: Signal<boolean>;
  send: () => void;
  /** Schedule it for that instant; null for a new conversation. */
  sendLater: ((at: string) => void) | null;
}

export function useMessageDraft(props: MessageDraftProps): MessageDraft {
  const { draft, field, place, topic } = props;
  const here = useWorkspace();
  const reason = useDraft(`${field}:reason`);
  const clarityReason = useDraft(`${field}:clarity-reason`);
  const [files, uploads] = useFiles(`${field}:files`);
  const wantsUrgent = useSignal(false);
  const missing = useSignal<Missing>(null);
  const awaitsFiles = useSignal(false);
  const all = () => {
    const board = here.live.board.peek();
    return board ? askableMembers(board, topic) : [];
  };
  const answers = useAnswers(place.topic, field);
  const isAnswer = useComputed(() => answers.chosen.value.length > 0);
  const implied = useComputed(() => (isAnswer.value ? null : onlyOther(all(), topic)));
  const recipients = useRecipients({ text: draft.text, all, implied, field });
  const urgent = useComputed(() => wantsUrgent.value && recipients.members.value.length > 0);
  const askPreview = useAskPreview(place, recipients.members, urgent, draft.text);

  const unreached = useComputed(() => {
    const found = askPreview.preview.value?.unreached ?? [];
    // The server doesn't know who will take part in a new conversation.
    const isNew = topic?.kind === "direct" && !place.topic;
    const taking = new Set(isNew ? all().map(({ handle }) => handle) : []);
    return found.filter(({ handle }) => !taking.has(handle));
  });
  const clarity = useClarity({
    text: draft.text,
    place,
    topic,
    recipients: recipients.members,
    urgent,
  });

  const needsReason = () => urgent.peek() && needingReason(askPreview.preview.peek()).length > 0;
  const isUnclear = () => clarity.needsReason() && !clarityReason.text.peek().trim();
  const whatIsMissing = (): Missing => {
    if (!draft.text.peek().trim()) return "text";
    if (needsReason() && !reason.text.peek().trim()) return "reason";
    return isUnclear() ? "clarity" : null;
  };
  const message = () => ({
    body: draft.text.peek().trim(),
    asks: recipients.explicit(),
    urgent: urgent.peek(),
    kept_as_text: unreached.peek().map(({ handle }) => handle),
    ...(place.topic ? { answers: answers.chosen.peek() } : {}),
    clarity_reason: clarity.needsReason() ? clarityReason.text.peek().trim() : null,
  });
  const clear = () => {
    const parts = [draft, reason, clarityReason, files, recipients, answers];
    for (const kept of parts) kept.clear();
    wantsUrgent.value = false;
  };
  const isRechecking = useSignal(false);
  /** Check a text that changed just now before it is sent. */
  const recheckAndSend = async () => {
    isRechecking.value = true;
    await clarity.recheck();
    isRechecking.value = false;
    sendNow();
  };
  const send = () => {
    if (props.ready?.() === false || isRechecking.peek()) return;
    if (clarity.isBehind()) void recheckAndSend();
    else sendNow();
  };
  const sendNow = () => {
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
    const sent = here.outbox.send({ path, body, label, where });
    if (place.topic) void sent.then((written) => reportAnswers(here, written));
    props.sent?.(sent);
    clear();
  };
  const sendLater = (send_at: string) => {
    missing.value = draft.text.peek().trim() ? (isUnclear() ? "clarity" : null) : "text";
    if (missing.peek()) return;
    if (files.list.peek().length + uploads.going.peek().length > 0) {
      toast(t.filesCantBeScheduled, { kind: "bad" });
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
    else toast(t.filesFailed, { kind: "bad" });
  });
  return {
    files,
    uploads,
    recipients,
    answers,
    all,
    askPreview,
    unreached,
    urgent,
    wantsUrgent,
    reason: reason.text,
    clarity,
    clarityReason: clarityReason.text,
    missing,
    awaitsFiles,
    send,
    sendLater: place.topic ? sendLater : null,
  };
}

/** The only one to talk to in a direct conversation, if they can be asked. */
function onlyOther(all: readonly Member[], topic?: Topic): Member | null {
  const isBetweenTwo = topic?.kind === "direct" && topic.participants.length === 2;
  return isBetweenTwo ? (all[0] ?? null) : null;
}

interface Files {
  list: ReadonlySignal<readonly Attachment[]>;
  remove: (attachment: Attachment) => void;
  clear: () => void;
}

/** The message's files, which survive reloads like its text. */
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
