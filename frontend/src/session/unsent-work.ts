/** Drafts and unsent requests that this browser stores for an account. */

import common from "locale:common";

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

/** `This browser still has your drafts.`; empty where nothing is stored. */
export function unsentWorkWords({ drafts, unsent }: UnsentWork): string {
  if (drafts > 0 && unsent > 0) return common.unsentDraftsAndMessages({ count: unsent });
  if (unsent > 0) return common.unsentMessages({ count: unsent });
  return drafts > 0 ? common.unsentDrafts : "";
}
