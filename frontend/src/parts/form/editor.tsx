import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import common from "locale:common";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../people/avatar";
import { useListbox } from "../ui/listbox";
import { type Completion, complete, completionsFor, triggerAt } from "./completions";

interface Props {
  label: string;
  text: Signal<string>;
  /** Called on Ctrl or ⌘ Enter. */
  send?: () => void;
  placeholder?: string;
  rows?: number;
  autofocus?: boolean;
  describedBy?: string;
}

/** A Markdown text area that completes people (`@`), tasks (`#`) and references (`[[`). */
export function Editor({ label, text, send, placeholder, rows = 3, ...more }: Props) {
  const { live } = useWorkspace();
  const area = useRef<HTMLTextAreaElement>(null);
  const offered = useSignal<readonly Completion[]>([]);
  const accept = (index: number) => {
    const element = area.current!;
    const completion = offered.peek()[index]!;
    const completed = complete(element.value, element.selectionStart, completion.inserts);
    element.value = completed.text; // at once: the next letter may come before the next drawing
    element.focus();
    element.setSelectionRange(completed.caret, completed.caret);
    text.value = completed.text;
    offered.value = [];
  };
  const list = useListbox(offered.value.length, accept, ["Enter", "Tab"]);
  const isOpen = offered.value.length > 0;

  const offer = () => {
    const { value, selectionStart } = area.current!;
    const trigger = triggerAt(value, selectionStart);
    const board = live.board.peek();
    offered.value = trigger && board ? completionsFor(trigger, board) : [];
    list.active.value = 0;
  };
  const onListKey = (event: KeyboardEvent): boolean => {
    if (offered.peek().length === 0) return false;
    if (event.key !== "Escape") return list.onKey(event);
    offered.value = [];
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send?.();
    else if (!onListKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="editor">
      <textarea
        ref={area}
        aria-label={label}
        aria-describedby={more.describedBy}
        aria-autocomplete="list"
        aria-controls={isOpen ? list.id : undefined}
        aria-activedescendant={isOpen ? list.activeId : undefined}
        autofocus={more.autofocus}
        placeholder={placeholder}
        rows={rows}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          offer();
        }}
        onKeyDown={onKeyDown}
        onBlur={() => (offered.value = [])}
      />
      {isOpen && (
        <div id={list.id} role="listbox" aria-label={common.suggestions} class="menu completions">
          {offered.value.map((completion, index) => (
            <div
              {...list.optionProps(index)}
              key={completion.inserts}
              role="option"
              aria-selected={index === list.active.value}
              onPointerDown={(event) => {
                event.preventDefault();
                accept(index);
              }}
            >
              {completion.member && <Avatar of={completion.member} />}
              <span class="grow ellipsis">{completion.name}</span>
              <span class="quiet">{completion.aside ?? completion.inserts}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
