import { useSignal } from "@preact/signals";
import type { ComponentChildren, HTMLAttributes } from "preact";
import { useId, useRef } from "preact/hooks";

interface Props {
  /** What it opens, for screen readers. */
  popup: "menu" | "listbox";
  /** The button's name and tip, where its content has no words. */
  title: string | undefined;
  class: string;
  /** For the element that opens. */
  box: HTMLAttributes<HTMLDivElement>;
  /** What the button shows. */
  button: ComponentChildren;
  /** What is drawn in the popover, only while it is open. */
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a native popover beside it. */
export function PopoverButton({ popup, title, class: look, box, button, children }: Props) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const isOpen = useSignal(false);
  return (
    <>
      <button
        type="button"
        class={look}
        popovertarget={id}
        aria-haspopup={popup}
        aria-label={title}
        title={title}
      >
        {button}
      </button>
      <div
        {...box}
        ref={popover}
        id={id}
        popover="auto"
        onBeforeToggle={({ newState }) => {
          if (newState === "open") isOpen.value = true; // the content is there for the next key
        }}
        onToggle={({ newState }) => (isOpen.value = newState === "open")}
      >
        {isOpen.value && children(() => popover.current?.hidePopover())}
      </div>
    </>
  );
}
