import t from "locale:conversation";
import { useSignal } from "@preact/signals";
import { Paperclip } from "lucide";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Button } from "../ui/button";
import type { Uploads } from "./uploads";

interface Props {
  uploads: Uploads;
  class?: string;
  children: ComponentChildren;
}

/** Uploads files that are dropped or pasted into it. */
export function DropZone({ uploads, class: look = "", children }: Props) {
  const over = useSignal(false);
  const addFiles = (files: FileList | undefined, event: Event) => {
    if (!files || files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  };
  return (
    <div
      class={`drop-zone ${over.value ? "over" : ""} ${look}`}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        over.value = false;
        addFiles(event.dataTransfer?.files, event);
      }}
      onPaste={(event) => addFiles(event.clipboardData?.files, event)}
    >
      {children}
    </div>
  );
}

/** A button that chooses files. */
export function AttachButton({ uploads, small = true }: { uploads: Uploads; small?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span class="attach">
      <Button small={small} kind="quiet" icon={Paperclip} onClick={() => input.current?.click()}>
        {t.attach}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t.filesToAttach}
        onChange={({ currentTarget }) => {
          uploads.add(currentTarget.files ?? []);
          currentTarget.value = "";
        }}
      />
    </span>
  );
}
