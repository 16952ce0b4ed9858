import { signal } from "@preact/signals";

const said = signal("");

/** Announce a text to screen readers. */
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
