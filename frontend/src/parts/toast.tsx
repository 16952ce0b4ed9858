import { signal } from "@preact/signals";
import { X } from "lucide";
import { announce } from "./announce";
import { Button, IconButton } from "./button";

interface Toast {
  id: number;
  says: string;
  kind: "plain" | "bad";
  act?: { name: string; run: () => void };
}

const STAYS_MS = 6000;
const STAYS_WITH_ACT_MS = 12_000;

const toasts = signal<readonly Toast[]>([]);
let last = 0;

const drop = (id: number) => {
  toasts.value = toasts.peek().filter((toast) => toast.id !== id);
};

/** Say what was done, with a way back where there is one; it is also read out. */
export function toast(says: string, more: Partial<Pick<Toast, "kind" | "act">> = {}): void {
  last += 1;
  const id = last;
  toasts.value = [...toasts.peek().slice(-2), { id, says, kind: "plain", ...more }];
  announce(more.act ? `${says}. ${more.act.name}: Control or Command Z` : says);
  if (more.kind !== "bad") setTimeout(drop, more.act ? STAYS_WITH_ACT_MS : STAYS_MS, id);
}

/** Take back the newest that can be. Whether there was one. */
export function undoLast(): boolean {
  const newest = toasts.peek().findLast((shown) => shown.act);
  if (!newest?.act) return false;
  drop(newest.id);
  newest.act.run();
  return true;
}

export function Toasts() {
  return (
    <div class="toasts">
      {toasts.value.map(({ id, says, kind, act }) => (
        <div key={id} class={`toast ${kind}`}>
          <span class="grow">{says}</span>
          {act && (
            <Button
              small
              onClick={() => {
                drop(id);
                act.run();
              }}
            >
              {act.name}
            </Button>
          )}
          <IconButton icon={X} label="Dismiss" onClick={() => drop(id)} />
        </div>
      ))}
    </div>
  );
}
