import common from "locale:common";
import { announce } from "./announce";
import { toast } from "./toast";

/** Copy text and announce it. A toast says if the browser doesn't allow copying. */
export async function copy(text: string, said = common.copied): Promise<void> {
  try {
    await copyText(text);
    announce(said);
  } catch {
    toast(common.cannotCopy, { kind: "bad" });
  }
}

/** Put text on the clipboard. Throws if the browser doesn't allow it. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copySelected(text);
}

/** Copy by selecting the text: pages on plain http have no `navigator.clipboard`. */
function copySelected(text: string): void {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed"; // so that the page does not scroll to it
  // Beside the element that has focus: an open dialog lets nothing outside it be selected.
  (before?.parentElement ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!isCopied) throw new Error("the browser copies nothing here");
}
