import { signal } from "@preact/signals";

const said = signal("");

/** Say something to screen readers, politely. */
export function announce(text: string): void {
  said.value = "";
  queueMicrotask(() => {
    said.value = text;
  });
}

/** The app's one live region. */
export function Announcer() {
  return (
    <div class="unseen" role="status" aria-live="polite">
      {said}
    </div>
  );
}
