import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { Flame } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useCommands } from "../../keys/commands";
import type { Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { AttachmentList, type Attachment } from "../attachments/attachment-list";
import { AttachButton, DropZone } from "../attachments/drop-zone";
import { UploadList } from "../attachments/upload-list";
import { Uploads } from "../attachments/uploads";
import { Button } from "../button";
import { type Draft, useDraft } from "../draft";
import { Editor } from "../editor";
import { KeyHint } from "../key-hint";
import { toast } from "../toast";
import { askable, useAsked } from "./asked";
import { type Place, useGate } from "./gate";
import { needingReason } from "./gate-words";
import { AskPicker, Recipients, UrgentReason } from "./recipients";

interface Props {
  /** What is typed. */
  draft: Draft;
  /** What its other drafts are called after: `comment:{topic id}`. */
  field: string;
  /** What it says about itself: `Comment on WEB-3`. */
  label: string;
  placeholder: string;
  action: string;
  place: Place;
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
  /** R goes there. */
  isMain?: boolean;
  autofocus?: boolean;
  children?: ComponentChildren;
}

/** Writing a message: who is asked and by when, files, urgency; kept until it is sent. */
export function Composer(props: Props) {
  const { draft, field, label, placeholder, action, place, topic, isMain, autofocus } = props;
  const here = useWorkspace();
  const box = useRef<HTMLDivElement>(null);
  const reason = useDraft(`${field}:reason`);
  const [files, uploads] = useFiles(`${field}:files`);
  const wantsUrgent = useSignal(false);
  const complain = useSignal(false);
  /** It is sent as soon as its files have arrived. */
  const awaitsFiles = useSignal(false);
  const all = () => {
    const board = here.live.board.peek();
    return board ? askable(board, topic) : [];
  };
  const asked = useAsked(draft.text, all);
  const urgent = useComputed(() => wantsUrgent.value && asked.members.value.length > 0);
  const gate = useGate(place, asked.members, urgent);
  const focus = () => box.current?.querySelector("textarea")?.focus();
  useCommands(isMain ? [{ name: label, keys: ["r"], group: "Conversation", run: focus }] : []);

  const send = () => {
    const body = draft.text.peek().trim();
    if (props.ready?.() === false) return;
    if (!body) return focus();
    if (uploads.going.peek().length > 0) {
      awaitsFiles.value = true;
      return;
    }
    const needsReason = urgent.peek() && needingReason(gate.asking.peek()).length > 0;
    const why = reason.text.peek().trim();
    if (needsReason && !why) {
      complain.value = true;
      box.current?.querySelector<HTMLElement>("[name=urgent_reason]")?.focus();
      return;
    }
    const message = {
      ...props.extra?.(),
      body,
      asks: asked.explicit(),
      urgent: urgent.peek(),
      urgent_reason: needsReason ? why : null,
      attachments: files.list.peek().map(({ id }) => id),
    };
    const { path, where } = props;
    props.sent?.(here.outbox.send({ path, body: message, label, where }));
    for (const kept of [draft, reason, files, asked]) kept.clear();
    wantsUrgent.value = false;
    complain.value = false;
  };
  useSignalEffect(() => {
    const going = uploads.going.value;
    if (!awaitsFiles.value || going.some(({ problem }) => !problem)) return;
    awaitsFiles.value = false;
    if (going.length === 0) send();
    else toast("It waits for the files: try them again, or take them out", { kind: "bad" });
  });
  const hasAsked = asked.members.value.length > 0;
  return (
    <div class="composer" ref={box}>
      <DropZone uploads={uploads}>
        {props.children}
        <Editor
          label={label}
          placeholder={placeholder}
          text={draft.text}
          send={send}
          {...(autofocus ? { autofocus } : {})}
        />
        <AttachmentList attachments={files.list.value} remove={files.remove} />
        <UploadList uploads={uploads} />
        <Recipients asked={asked} gate={gate} />
        {urgent.value && (
          <UrgentReason
            asked={asked}
            asking={gate.asking.value}
            reason={reason.text}
            complain={complain.value}
          />
        )}
        <div class="composer-end">
          <Button kind="primary" small busy={awaitsFiles.value} onClick={send}>
            {awaitsFiles.value ? "Sending the files…" : action}
          </Button>
          <KeyHint keys="$mod+Enter" />
          <span class="grow" />
          <AskPicker asked={asked} all={all} />
          {hasAsked && (
            <Button
              small
              kind="quiet"
              icon={Flame}
              class={wantsUrgent.value ? "on" : ""}
              aria-pressed={wantsUrgent.value}
              onClick={() => (wantsUrgent.value = !wantsUrgent.peek())}
            >
              Urgent
            </Button>
          )}
          <AttachButton uploads={uploads} />
        </div>
      </DropZone>
    </div>
  );
}

interface Files {
  list: { readonly value: readonly Attachment[]; peek: () => readonly Attachment[] };
  remove: (attachment: Attachment) => void;
  clear: () => void;
}

/** The files that will hang on the message: they outlive the page as its text does. */
function useFiles(field: string): [Files, Uploads] {
  const { slug } = useWorkspace();
  const kept = useDraft(field, "[]");
  const list = useComputed(() => JSON.parse(kept.text.value) as readonly Attachment[]);
  const keep = (attachments: readonly Attachment[]) =>
    (kept.text.value = JSON.stringify(attachments));
  const uploads = useMemo(
    () => new Uploads(slug, (attachment) => keep([...list.peek(), attachment])),
    [slug, kept],
  );
  useEffect(() => () => uploads.close(), [uploads]);
  const remove = ({ id }: Attachment) => keep(list.peek().filter((other) => other.id !== id));
  return [{ list, remove, clear: kept.clear }, uploads];
}
