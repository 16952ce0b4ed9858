import { signal } from "@preact/signals";
import { lazyPart } from "../parts/lazy/lazy";

const start = signal<readonly string[] | null>(null);

/** Open the dialog for a new message, to those members where some are known. */
export function openMessage(to: readonly string[] = []): void {
  start.value = to;
}

export const ComposeForm = lazyPart(() => import("./compose-form"), "New message");

export function ComposeDialog() {
  const close = () => (start.value = null);
  return start.value && <ComposeForm to={start.value} close={close} />;
}
