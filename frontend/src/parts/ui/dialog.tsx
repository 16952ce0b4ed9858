import type { ComponentChildren } from "preact";
import { X } from "lucide";
import { useId } from "preact/hooks";
import common from "locale:common";
import { IconButton } from "./button";
import { Modal } from "./modal";

interface Props {
  title: string;
  close: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

/** A modal dialog with a title; Esc and its button close it. Its first field gets the focus. */
export function Dialog({ title, close, wide, children }: Props) {
  const heading = useId();
  return (
    <Modal class={wide ? "dialog wide" : "dialog"} aria-labelledby={heading} close={close}>
      {(dismiss) => (
        <>
          <div class="dialog-head">
            <h2 id={heading}>{title}</h2>
            <IconButton icon={X} label={common.close} onClick={dismiss} />
          </div>
          {children}
        </>
      )}
    </Modal>
  );
}
