/** The window's title: the page, and how many notices are unread or need me. */

import { effect, signal } from "@preact/signals";
import common from "locale:common";

const page = signal("");
/** Set by the frame of a workspace; elsewhere nothing is counted. */
export const titleCount = signal(0);

const PRODUCT = "Dayline";

/** `(3) Board · Dayline`. */
export function titleWords(title: string, count: number): string {
  const named = title === PRODUCT ? title : common.windowTitle({ page: title });
  return count > 0 ? common.countedTitle({ count, title: named }) : named;
}

export function setWindowTitle(title: string): void {
  page.value = title;
}

effect(() => {
  if (page.value) document.title = titleWords(page.value, titleCount.value);
});
