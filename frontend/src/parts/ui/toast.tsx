import { signal } from "@preact/signals";
import { X } from "lucide";
import common from "locale:common";
import { announce } from "./announce";
import { Button, IconButton } from "./button";

interface Toast {
  id: number;
  text: string;
  kind: "plain" | "bad";
  action?: ToastAction;
}

interface ToastAction {
  name: string;
  run: () => void;
  /** Whether it undoes the action. Ctrl or ⌘ Z then runs it too. */
  undoes?: boolean;
}

const STAYS_MS = 6000;
const STAYS_WITH_ACT_MS = 12_000;

const toasts = signal<readonly Toast[]>([]);
let last = 0;

const drop = (id: number) => {
  toasts.value = toasts.peek().filter((shown) => shown.id !== id);
};

/** Show and announce what was done, with an action such as Undo. */
export function toast(text: string, more: Partial<Pick<Toast, "kind" | "action">> = {}): void {
  last += 1;
  const id = last;
  toasts.value = [...toasts.peek().slice(-2), { id, text, kind: "plain", ...more }];
  announce(more.action?.undoes ? common.undoByKeys({ done: text }) : text);
  if (more.kind !== "bad") setTimeout(drop, more.action ? STAYS_WITH_ACT_MS : STAYS_MS, id);
}

/** Undo the newest action that can be undone. */
export function undoLast(): void {
  const newest = toasts.peek().findLast(({ action }) => action?.undoes);
  if (!newest?.action) return;
  drop(newest.id);
  newest.action.run();
}

export function Toasts() {
  return (
    <section class="toasts" aria-label={common.notifications}>
      {toasts.value.map(({ id, text, kind, action }) => (
        <div key={id} class={`toast ${kind}`}>
          <span class="grow">{text}</span>
          {action && (
            <Button
              small
              onClick={() => {
                drop(id);
                action.run();
              }}
            >
              {action.name}
            </Button>
          )}
          <IconButton icon={X} label={common.dismiss} onClick={() => drop(id)} />
        </div>
      ))}
    </section>
  );
}
