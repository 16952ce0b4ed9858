/** What keys do on Today: J and K move, R responds, E promises, O opens. */

import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import t from "locale:today";
import { navigate } from "../../router/router";
import { type ListNavigation, useListNavigation } from "../../keys/list-navigation";
import { useWorkspace } from "../../live/workspace";
import { isForDecision } from "../../parts/data/timer-kinds";
import { pathOf } from "./address";
import type { Today } from "./data";
import type { AskLine } from "./ask-status";

/** What is open below a row. */
export interface Opened {
  id: string;
  action: "respond" | "promise";
}

interface TodayKeys {
  list: ListNavigation;
  opened: Signal<Opened | null>;
  /** Open what a row offers, or close it again. */
  toggle: (id: string, action: Opened["action"]) => void;
}

/** What a decision asks is answered on its page, and no promise stands for input. */
const isAnsweredElsewhere = ({ timer }: AskLine, action: Opened["action"]): boolean =>
  timer.kind === "decision_input" || (action === "respond" && isForDecision(timer.kind));

export function useTodayKeys(today: ReadonlySignal<Today | null>): TodayKeys {
  const here = useWorkspace();
  const opened = useSignal<Opened | null>(null);
  const lines = () => today.peek()?.needs_you ?? [];
  const toggle = (id: string, action: Opened["action"]) => {
    const asked = lines().find(({ timer }) => timer.id === id);
    if (asked && isAnsweredElsewhere(asked, action)) return navigate(here.pageUrl(pathOf(asked)));
    const isOpen = opened.peek()?.id === id && opened.peek()?.action === action;
    opened.value = isOpen ? null : { id, action };
  };
  const list = useListNavigation({
    ids: () => lines().map(({ timer }) => timer.id),
    group: t.today,
    open: (id) => {
      const line = lines().find(({ timer }) => timer.id === id);
      if (line) navigate(here.pageUrl(pathOf(line)));
    },
    actions: [
      { name: t.reply, keys: ["r"], run: (id) => toggle(id, "respond") },
      { name: t.promiseAnswer, keys: ["e"], run: (id) => toggle(id, "promise") },
    ],
  });
  return { list, opened, toggle };
}
