import { type Signal, useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../people/avatar";
import { type Completion, complete, completionsFor, triggerAt } from "./completions";

interface Props {
  label: string;
  text: Signal<string>;
  /** Ctrl or ⌘ and Enter. */
  send?: () => void;
  placeholder?: string;
  rows?: number;
  autofocus?: boolean;
  describedBy?: string;
}

/** Markdown as plain text: `@` offers people, `#` tasks, `[[` references; Ctrl or ⌘ Enter sends. */
export function Editor({ label, text, send, placeholder, rows = 3, ...more }: Props) {
  const { live } = useWorkspace();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const offered = useSignal<readonly Completion[]>([]);
  const at = useSignal(0);

  const offer = () => {
    const { value, selectionStart } = area.current!;
    const trigger = triggerAt(value, selectionStart);
    const board = live.board.peek();
    offered.value = trigger && board ? completionsFor(trigger, board) : [];
    at.value = 0;
  };
  const accept = (completion: Completion) => {
    const element = area.current!;
    const taken = complete(element.value, element.selectionStart, completion.inserts);
    element.value = taken.text; // at once: the next letter may come before the next drawing
    element.focus();
    element.setSelectionRange(taken.caret, taken.caret);
    text.value = taken.text;
    offered.value = [];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send?.();
    else if (!handleListKey(event, offered, at, accept)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isOpen = offered.value.length > 0;
  return (
    <div class="editor">
      <textarea
        ref={area}
        aria-label={label}
        aria-describedby={more.describedBy}
        aria-autocomplete="list"
        aria-controls={isOpen ? id : undefined}
        aria-activedescendant={isOpen ? `${id}-${at.value}` : undefined}
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
        <div id={id} role="listbox" aria-label="Suggestions" class="menu completions">
          {offered.value.map((completion, index) => (
            <div
              key={completion.inserts}
              id={`${id}-${index}`}
              role="option"
              class={index === at.value ? "menu-item at" : "menu-item"}
              aria-selected={index === at.value}
              onPointerDown={(event) => {
                event.preventDefault();
                accept(completion);
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

/** Keys while something is offered; whether it was one of them. */
function handleListKey(
  event: KeyboardEvent,
  offered: Signal<readonly Completion[]>,
  at: Signal<number>,
  accept: (completion: Completion) => void,
): boolean {
  const { length } = offered.value;
  const chosen = offered.value[at.value];
  if (!chosen) return false;
  if (event.key === "ArrowDown") at.value = (at.value + 1) % length;
  else if (event.key === "ArrowUp") at.value = (at.value - 1 + length) % length;
  else if (event.key === "Enter" || event.key === "Tab") accept(chosen);
  else if (event.key === "Escape") offered.value = [];
  else return false;
  return true;
}
