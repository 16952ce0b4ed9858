/** What keys do on Today: J and K move, R responds, E promises, O opens. */

import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import { go } from "../../app/router";
import { type List, useList } from "../../keys/list";
import { useWorkspace } from "../../live/workspace";
import { addressOf } from "./address";
import type { Today } from "./reading";

/** What is open below a row. */
export interface Opened {
  id: string;
  act: "respond" | "promise";
}

interface TodayKeys {
  list: List;
  opened: Signal<Opened | null>;
  /** Open what a row offers, or close it again. */
  toggle: (id: string, act: Opened["act"]) => void;
}

export function useTodayKeys(today: ReadonlySignal<Today | null>): TodayKeys {
  const here = useWorkspace();
  const opened = useSignal<Opened | null>(null);
  const lines = () => today.peek()?.needs_you ?? [];
  const toggle = (id: string, act: Opened["act"]) => {
    const isOpen = opened.peek()?.id === id && opened.peek()?.act === act;
    opened.value = isOpen ? null : { id, act };
  };
  const list = useList({
    ids: () => lines().map(({ timer }) => timer.id),
    group: "Today",
    open: (id) => {
      const line = lines().find(({ timer }) => timer.id === id);
      if (line) go(here.at(addressOf(line)));
    },
    acts: [
      { name: "Respond", keys: ["r"], run: (id) => toggle(id, "respond") },
      { name: "Promise an answer", keys: ["e"], run: (id) => toggle(id, "promise") },
    ],
  });
  return { list, opened, toggle };
}
