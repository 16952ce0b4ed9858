import { useSignal } from "@preact/signals";
import { Check } from "lucide";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import common from "locale:common";
import { Icon } from "./icon";
import { useListbox } from "./listbox";
import { PopoverButton } from "./popover-button";
import { rankMatches } from "../data/matching";

export interface Option {
  value: string;
  name: string;
  /** Drawn before the name, such as an avatar. */
  mark?: ComponentChildren;
  /** More words to find it by, such as a handle or key. */
  words?: string;
}

interface Props {
  /** The button's name: `Assignee`. */
  label: string;
  /** The options. Called when the list opens. */
  options: () => readonly Option[];
  chosen: ReadonlySet<string>;
  /** Called with the chosen value. With `many` the list stays open and values are toggled. */
  onPick: (value: string) => void;
  many?: boolean;
  /** Creates an option from the typed text. */
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
  return (
    <PopoverButton
      popup="listbox"
      title={title}
      class={look}
      box={{ class: "menu picker" }}
      button={children}
    >
      {(close) => <Choice label={label} {...list} close={close} />}
    </PopoverButton>
  );
}

type ChoiceProps = Omit<Props, "children" | "class" | "title"> & { close: () => void };

function Choice({ label, options, chosen, onPick, many, onCreate, close }: ChoiceProps) {
  const typed = useSignal("");
  const text = typed.value.trim();
  const all = useRef(options()).current;
  const found = rankMatches(all, text, ({ name, words }) => `${name} ${words ?? ""}`);
  const shown: Option[] = found.slice(0, MOST_SHOWN);
  const isNew = onCreate && text && !all.some(({ name }) => name === text);
  if (isNew) shown.push({ value: NEW, name: common.addOption({ name: text }) });
  const pick = (index: number) => {
    const option = shown[index];
    if (!option) return;
    if (option.value === NEW) onCreate?.(text);
    else onPick(option.value);
    if (!many) close();
    typed.value = "";
  };
  const { id, active, onKey, activeId, optionProps } = useListbox(shown.length, pick);
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
        aria-activedescendant={activeId}
        autocomplete="off"
        placeholder={common.searchOptions({ label })}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          active.value = 0;
        }}
        onKeyDown={(event) => onKey(event) && event.preventDefault()}
      />
      <div id={id} role="listbox" aria-label={label} aria-multiselectable={many} class="options">
        {shown.map((option, index) => (
          // The field has the focus, and its keys choose.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            {...optionProps(index)}
            key={option.value}
            role="option"
            aria-selected={chosen.has(option.value)}
            onPointerMove={() => (active.value = index)}
            onClick={() => pick(index)}
          >
            {option.mark}
            <span class="grow ellipsis">{option.name}</span>
            {chosen.has(option.value) && <Icon of={Check} />}
          </div>
        ))}
        {shown.length === 0 && <p class="nothing">{common.noMatches}</p>}
      </div>
    </>
  );
}

const NEW = "new";
