/**
 * A list box that is steered from a text field: the field keeps the focus, the arrows move a mark
 * from option to option, Enter chooses. The palette, pickers and the editor's suggestions use it.
 */

import { type Signal, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";

interface Listbox {
  /** For the element that holds the options. */
  id: string;
  /** The index of the marked option. */
  active: Signal<number>;
  /** Handle a key of the field; whether it was one of the list's. */
  onKey: (event: KeyboardEvent) => boolean;
  /** The id of the marked option: the field's `aria-activedescendant`. */
  activeId: string | undefined;
  /** For the option at an index. */
  optionProps: (index: number) => { id: string; class: string };
}

/** `choose` gets the index of the option that Enter, or another of `chooseKeys`, was pressed on. */
export function useListbox(
  length: number,
  choose: (index: number) => void,
  chooseKeys: readonly string[] = ["Enter"],
): Listbox {
  const id = useId();
  const active = useSignal(0);
  const idOf = (index: number) => `${id}-${index}`;
  const onKey = ({ key }: KeyboardEvent): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      active.value = (active.peek() + step + length) % Math.max(1, length);
      document.getElementById(idOf(active.peek()))?.scrollIntoView({ block: "nearest" });
    } else if (chooseKeys.includes(key)) choose(active.peek());
    return step !== undefined || chooseKeys.includes(key);
  };
  return {
    id,
    active,
    onKey,
    activeId: active.value < length ? idOf(active.value) : undefined,
    optionProps: (index) => ({
      id: idOf(index),
      class: index === active.value ? "menu-item at" : "menu-item",
    }),
  };
}
