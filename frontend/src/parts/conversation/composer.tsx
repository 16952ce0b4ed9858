import t from "locale:conversation";
import common from "locale:common";
import { useSignalEffect } from "@preact/signals";
import { Flame } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useCommands } from "../../keys/commands";
import { AttachmentList } from "../attachments/attachment-list";
import { AttachButton, DropZone } from "../attachments/drop-zone";
import { UploadList } from "../attachments/upload-list";
import { Button } from "../ui/button";
import { Editor } from "../form/editor";
import { Icon } from "../ui/icon";
import { KeyHint } from "../ui/key-hint";
import { AnswerChoices } from "./answer-choices";
import { AskPicker, RecipientList } from "./recipient-list";
import { UnreachedMentions } from "./unreached";
import { UrgentReason } from "./urgent-reason";
import { ClarityMarks, ClarityReason } from "./clarity-marks";
import { useMessageDraft, type MessageDraft, type MessageDraftProps } from "./message-draft";
import "./composer.css";

interface Props extends MessageDraftProps {
  placeholder: string;
  /** The label of its button. */
  action: string;
  /** Whether R focuses it. */
  isMain?: boolean;
  autofocus?: boolean;
  /** Called on Cancel. */
  cancel?: () => void;
}

/**
 * The form for a message, with recipients, due times, files and urgency. Its content is kept until
 * it is sent.
 */
export function Composer(props: Props) {
  const { draft, label, placeholder, action, isMain, autofocus } = props;
  const box = useRef<HTMLDivElement>(null);
  const message = useMessageDraft(props);
  const { files, uploads, recipients, askPreview, missing } = message;
  const focus = (what = "textarea") => box.current?.querySelector<HTMLElement>(what)?.focus();
  useCommands(
    isMain ? [{ name: label, keys: ["r"], group: t.conversation, run: () => focus() }] : [],
  );
  useLayoutEffect(() => {
    if (autofocus) focus();
  }, [autofocus]);
  useSignalEffect(() => {
    if (missing.value) focus(FIELDS[missing.value]);
  });
  return (
    <div class="composer" ref={box}>
      <DropZone uploads={uploads}>
        <Editor label={label} placeholder={placeholder} text={draft.text} send={message.send} />
        <AttachmentList attachments={files.list.value} remove={files.remove} />
        <UploadList uploads={uploads} />
        <AnswerChoices answers={message.answers} />
        <RecipientList recipients={recipients} askPreview={askPreview} />
        <UnreachedMentions
          unreached={message.unreached.value}
          isDirect={props.topic?.kind === "direct"}
        />
        <ClarityMarks clarity={message.clarity} />
        {message.urgent.value && <UrgentReason message={message} />}
        <ClarityReason message={message} />
        <ComposerActions message={message} action={action} cancel={props.cancel} />
      </DropZone>
    </div>
  );
}

/** Where to write what is missing. */
const FIELDS = { text: "textarea", reason: "[name=urgent_reason]", clarity: "[name=clarity_reason]" };

interface EndProps {
  message: MessageDraft;
  action: string;
  cancel: (() => void) | undefined;
}

function ComposerActions({ message, action, cancel }: EndProps) {
  const { recipients, all, awaitsFiles, wantsUrgent, uploads } = message;
  return (
    <div class="composer-end">
      <Button kind="primary" small busy={awaitsFiles.value} onClick={message.send}>
        {awaitsFiles.value ? t.uploading : action}
      </Button>
      {cancel && (
        <Button kind="quiet" small onClick={cancel}>
          {common.cancel}
        </Button>
      )}
      <KeyHint keys="$mod+Enter" />
      <span class="grow" />
      <AskPicker recipients={recipients} all={all} />
      {recipients.members.value.length > 0 && (
        <button
          type="button"
          class={wantsUrgent.value ? "button small urgent on" : "button small urgent"}
          aria-pressed={wantsUrgent.value}
          onClick={() => (wantsUrgent.value = !wantsUrgent.peek())}
        >
          <Icon of={Flame} size={14} />
          {t.urgent}
        </button>
      )}
      <AttachButton uploads={uploads} />
    </div>
  );
}
