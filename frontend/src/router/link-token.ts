/** The token of a one-time link: `#token=…`, null where there is none. */
export function linkToken(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token") || null;
}

/**
 * Take the token out of the address, so that history, bookmarks and screenshots do not keep it.
 * It lives in memory only: a reload asks for the link again.
 */
export function takeLinkToken(): string | null {
  const token = linkToken(location.hash);
  if (token !== null) history.replaceState(history.state, "", location.pathname);
  return token;
}
