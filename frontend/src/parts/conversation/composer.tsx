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
import { AskPicker, Recipients } from "./recipient-list";
import { UrgentReason } from "./urgent-reason";
import { useWriting, type Writing, type WritingProps } from "./message-draft";
import "./composer.css";

interface Props extends WritingProps {
  placeholder: string;
  /** What its button says. */
  action: string;
  /** R goes there. */
  isMain?: boolean;
  autofocus?: boolean;
  /** Do not write it after all. */
  cancel?: () => void;
}

/** Writing a message: who is asked and by when, files, urgency; kept until it is sent. */
export function Composer(props: Props) {
  const { draft, label, placeholder, action, isMain, autofocus } = props;
  const box = useRef<HTMLDivElement>(null);
  const writing = useWriting(props);
  const { files, uploads, asked, gate, missing } = writing;
  const focus = (what = "textarea") => box.current?.querySelector<HTMLElement>(what)?.focus();
  useCommands(
    isMain ? [{ name: label, keys: ["r"], group: "Conversation", run: () => focus() }] : [],
  );
  useLayoutEffect(() => {
    if (autofocus) focus();
  }, []);
  useSignalEffect(() => {
    if (missing.value) focus(missing.value === "reason" ? "[name=urgent_reason]" : "textarea");
  });
  return (
    <div class="composer" ref={box}>
      <DropZone uploads={uploads}>
        <Editor label={label} placeholder={placeholder} text={draft.text} send={writing.send} />
        <AttachmentList attachments={files.list.value} remove={files.remove} />
        <UploadList uploads={uploads} />
        <Recipients asked={asked} gate={gate} />
        {writing.urgent.value && <UrgentReason writing={writing} />}
        <End writing={writing} action={action} cancel={props.cancel} />
      </DropZone>
    </div>
  );
}

interface EndProps {
  writing: Writing;
  action: string;
  cancel: (() => void) | undefined;
}

function End({ writing, action, cancel }: EndProps) {
  const { asked, all, awaitsFiles, wantsUrgent, uploads } = writing;
  return (
    <div class="composer-end">
      <Button kind="primary" small busy={awaitsFiles.value} onClick={writing.send}>
        {awaitsFiles.value ? "Sending the files…" : action}
      </Button>
      {cancel && (
        <Button kind="quiet" small onClick={cancel}>
          Cancel
        </Button>
      )}
      <KeyHint keys="$mod+Enter" />
      <span class="grow" />
      <AskPicker asked={asked} all={all} />
      {asked.members.value.length > 0 && (
        <button
          type="button"
          class={wantsUrgent.value ? "button small urgent on" : "button small urgent"}
          aria-pressed={wantsUrgent.value}
          onClick={() => (wantsUrgent.value = !wantsUrgent.peek())}
        >
          <Icon of={Flame} size={14} />
          Urgent
        </button>
      )}
      <AttachButton uploads={uploads} />
    </div>
  );
}
