import { computed, signal } from "@preact/signals";
import { linkToken } from "./link-token";

/** The path that is shown. */
export const path = signal(location.pathname);

/** The query string of the address. */
const search = signal(location.search);

/** The parameters of the address, such as filters and groupings. */
export const query = computed(() => new URLSearchParams(search.value));

/** Whether the page was reached from another page of the app. Its heading then takes the focus. */
export const hasNavigated = signal(false);

/** Show another page of the app. The path may have parameters. */
export function navigate(to: string, { replace = false } = {}): void {
  const before = path.peek();
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  read();
  if (path.peek() !== before) scrollTo(0, 0);
}

/** Change parameters of the current address in place; null removes one. */
export function setQuery(changes: Record<string, string | null>): void {
  const changed = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  const text = changed.toString();
  history.replaceState(history.state, "", text ? `?${text}` : location.pathname);
  search.value = location.search;
}

function read(): void {
  hasNavigated.value = true;
  path.value = location.pathname;
  search.value = location.search;
}

/** Handle clicks on the app's links, and the browser's back and forward, without a reload. */
export function startRouter(): void {
  addEventListener("popstate", read);
  addEventListener("hashchange", () => {
    if (linkToken(location.hash) !== null) location.reload(); // another link, pasted into this tab
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a");
    if (link && isPlainClick(event) && isOfApp(link)) {
      event.preventDefault();
      navigate(link.pathname + link.search);
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

/** The browser handles links to a place on this page, such as "Skip to content". */
function isOfApp(link: HTMLAnchorElement): boolean {
  const isPlace = link.hash !== "" && link.pathname === location.pathname;
  const isPage = link.origin === location.origin && !link.pathname.startsWith("/api/");
  return isPage && !isPlace && !link.target && !link.hasAttribute("download");
}
