import { useSignal } from "@preact/signals";
import { Check } from "lucide";
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { Icon } from "./icon";
import { rankMatches } from "../data/matching";

export interface Option {
  value: string;
  name: string;
  /** Stands before the name: an avatar, say. */
  mark?: ComponentChildren;
  /** Found by these words too: a handle, a key. */
  words?: string;
}

interface Props {
  /** The button's name: `Assignee`. */
  label: string;
  /** Read when the list opens. */
  options: () => readonly Option[];
  chosen: ReadonlySet<string>;
  /** An option was chosen; with `many` the list stays open, and a chosen one is given back. */
  onPick: (value: string) => void;
  many?: boolean;
  /** Offers what was typed as a new option. */
  onCreate?: (name: string) => void;
  class?: string;
  /** The button's name and tip, with what is chosen: `Assignee: Sam`. */
  title?: string;
  /** What the button shows. */
  children: ComponentChildren;
}

const MOST_SHOWN = 50;

/** A button that opens a list to search and choose from: people, labels, projects. */
export function Picker({ label, title = label, class: look = "button", children, ...list }: Props) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const isOpen = useSignal(false);
  return (
    <>
      <button
        type="button"
        class={look}
        popovertarget={id}
        aria-haspopup="listbox"
        aria-label={title}
        title={title}
      >
        {children}
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        class="menu picker"
        onBeforeToggle={({ newState }) => {
          if (newState === "open") isOpen.value = true; // before the next key comes
        }}
        onToggle={({ newState }) => (isOpen.value = newState === "open")}
      >
        {isOpen.value && (
          <Choice label={label} {...list} close={() => popover.current?.hidePopover()} />
        )}
      </div>
    </>
  );
}

type ChoiceProps = Omit<Props, "children" | "class" | "title"> & { close: () => void };

function Choice({ label, options, chosen, onPick, many, onCreate, close }: ChoiceProps) {
  const id = useId();
  const typed = useSignal("");
  const at = useSignal(0);
  const text = typed.value.trim();
  const all = useRef(options()).current;
  const found = rankMatches(all, text, ({ name, words }) => `${name} ${words ?? ""}`);
  const shown: Option[] = found.slice(0, MOST_SHOWN);
  const isNew = onCreate && text && !all.some(({ name }) => name === text);
  if (isNew) shown.push({ value: NEW, name: `Add “${text}”` });
  const pick = (option: Option | undefined) => {
    if (!option) return;
    if (option.value === NEW) onCreate?.(text);
    else onPick(option.value);
    if (!many) close();
    typed.value = "";
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) at.value = (at.value + step + shown.length) % Math.max(1, shown.length);
    else if (event.key === "Enter") pick(shown[at.value]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        ref={(input) => input?.focus()}
        autofocus
        class="picker-input"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown[at.value] && `${id}-${at.value}`}
        autocomplete="off"
        placeholder={`${label}…`}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label} aria-multiselectable={many} class="options">
        {shown.map((option, index) => (
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            class={index === at.value ? "menu-item at" : "menu-item"}
            aria-selected={chosen.has(option.value)}
            onPointerMove={() => (at.value = index)}
            onClick={() => pick(option)}
          >
            {option.mark}
            <span class="grow ellipsis">{option.name}</span>
            {chosen.has(option.value) && <Icon of={Check} />}
          </div>
        ))}
        {shown.length === 0 && <p class="nothing">Nothing fits.</p>}
      </div>
    </>
  );
}

const NEW = "new";
