/** The server wants the password once more: one question for all that it refused meanwhile. */

import { signal } from "@preact/signals";

/** While the password is asked for: what ends that, with whether it was given. */
export const passwordPrompt = signal<((given: boolean) => void) | null>(null);

let answered: Promise<boolean> | null = null;

/** Whether the person gave their password. Whoever asks meanwhile gets the same answer. */
export function askForPassword(): Promise<boolean> {
  answered ??= new Promise<boolean>((resolve) => {
    passwordPrompt.value = resolve;
  }).finally(() => {
    answered = null;
    passwordPrompt.value = null;
  });
  return answered;
}
