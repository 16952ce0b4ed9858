/** Put text on the clipboard. Throws where the browser does not let us. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copySelected(text);
}

/** Plain http outside localhost has no clipboard: there, text that is selected can be copied. */
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
