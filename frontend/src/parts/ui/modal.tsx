import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useCommands } from "../../keys/commands";

interface Props {
  class: string;
  /** Its accessible name. */
  "aria-label"?: string;
  "aria-labelledby"?: string;
  /** Whether a click beside it closes it. */
  closesOutside?: boolean;
  close: () => void;
  /** `dismiss` closes it as Esc does. */
  children: (dismiss: () => void) => ComponentChildren;
}

/**
 * A native modal dialog, open as long as it is shown. Its first field gets the focus, and commands
 * of what lies below have no keys.
 */
export function Modal({ closesOutside, close, children, ...named }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const dismiss = () => dialog.current?.close();
  useCommands([], "modal");
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, []);
  const onClick = ({ target }: MouseEvent) => {
    if (closesOutside && target === dialog.current) dismiss();
  };
  return (
    // Esc does by keys what a click on the backdrop does.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog {...named} ref={dialog} onClose={close} onClick={onClick}>
      {children(dismiss)}
    </dialog>
  );
}
