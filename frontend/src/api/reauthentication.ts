/** Asks for the password again. Requests that are refused meanwhile share one question. */

import { signal } from "@preact/signals";

/**
 * Settles the open password prompt with whether the password was given; null while there is none.
 */
export const passwordPrompt = signal<((given: boolean) => void) | null>(null);

let answered: Promise<boolean> | null = null;

/** Show the password prompt and resolve to whether the password was given. */
export function askForPassword(): Promise<boolean> {
  answered ??= new Promise<boolean>((resolve) => {
    passwordPrompt.value = resolve;
  }).finally(() => {
    answered = null;
    passwordPrompt.value = null;
  });
  return answered;
}
