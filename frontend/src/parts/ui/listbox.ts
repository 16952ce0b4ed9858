/**
 * A list box that is controlled from a text field, as in the palette, pickers and the editor's
 * suggestions. The field keeps the focus, the arrows move the active option, Enter chooses it.
 */

import { type Signal, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";

interface Listbox {
  /** The id of the element with the options. */
  id: string;
  /** The index of the active option. */
  active: Signal<number>;
  /** Handle a key press in the field. Returns whether the list used it. */
  onKey: (event: KeyboardEvent) => boolean;
  /** The id of the active option, for `aria-activedescendant` of the field. */
  activeId: string | undefined;
  /** Props of the option at an index. */
  optionProps: (index: number) => { id: string; class: string };
}

/** `choose` is called with the active index when one of `chooseKeys` is pressed. */
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
