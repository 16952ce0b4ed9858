import { signal } from "@preact/signals";
import { tokenIn } from "./secret";

/** The path that is shown. */
export const path = signal(location.pathname);

/** Whether the page was reached by a click inside the app: its heading then takes the focus. */
export const moved = signal(false);

/** Show another page of the app. */
export function go(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  moved.value = true;
  path.value = location.pathname;
  scrollTo(0, 0);
}

/** Follow links of the app without a reload, and the browser's back and forward. */
export function startRouter(): void {
  addEventListener("popstate", () => {
    moved.value = true;
    path.value = location.pathname;
  });
  addEventListener("hashchange", () => {
    if (tokenIn(location.hash) !== null) location.reload(); // another link, pasted into this tab
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a");
    if (link && isPlainClick(event) && isOfApp(link)) {
      event.preventDefault();
      go(link.pathname);
    }
  });
}

function isPlainClick(event: MouseEvent): boolean {
  return (
    !event.defaultPrevented &&
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
  );
}

function isOfApp(link: HTMLAnchorElement): boolean {
  return link.origin === location.origin && !link.target && !link.pathname.startsWith("/api/");
}
