/** Drafts and unsent requests that this browser stores for an account. */

export interface UnsentWork {
  drafts: number;
  /** Messages and other requests that the server hasn't accepted. */
  unsent: number;
}

const nameOf = (account: string) => `dayline:${account}:`;

/** The localStorage keys of an account, in all workspaces. */
function namesFor(account: string, storage: Storage): string[] {
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
  return names.filter((name) => name.startsWith(nameOf(account)));
}

export function unsentWorkOf(account: string, storage: Storage = localStorage): UnsentWork {
  const names = namesFor(account, storage).map((name) => name.slice(nameOf(account).length));
  const count = (kind: string) => names.filter((name) => name.split(":")[1] === kind).length;
  return { drafts: count("draft"), unsent: count("outbox") };
}

export function deleteUnsentWork(account: string, storage: Storage = localStorage): void {
  for (const name of namesFor(account, storage)) storage.removeItem(name);
}

/** `your drafts and 1 message that wasn’t sent`; empty where nothing is stored. */
export function unsentWorkWords({ drafts, unsent }: UnsentWork): string {
  const messages = unsent === 1 ? "1 message that wasn’t sent" : `${unsent} messages that weren’t sent`;
  return [drafts > 0 && "your drafts", unsent > 0 && messages].filter(Boolean).join(" and ");
}
