import type { ComponentChildren } from "preact";
import { X } from "lucide";
import { useId, useRef, useLayoutEffect } from "preact/hooks";
import { useCommands } from "../../keys/commands";
import { IconButton } from "./button";

interface Props {
  title: string;
  close: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

/** A modal dialog, open as long as it is shown; Esc and the button close it. */
export function Dialog({ title, close, wide, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useCommands([], "modal");
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  return (
    <dialog class={wide ? "dialog wide" : "dialog"} ref={dialog} aria-labelledby={heading} onClose={close}>
      <div class="dialog-head">
        <h2 id={heading}>{title}</h2>
        <IconButton icon={X} label="Close" onClick={() => dialog.current?.close()} />
      </div>
      {children}
    </dialog>
  );
}
