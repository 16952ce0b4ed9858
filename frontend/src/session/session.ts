import { effect, signal } from "@preact/signals";
import { answer, api, onSignedOut, signedIn } from "../api/client";
import { LatestRequest } from "../api/latest";
import { type Problem, problemIn, Refusal } from "../api/problem";
import type { components } from "../api/schema";
import { clearCachedBoards } from "../live/board-cache";
import { followLanguage } from "../text/language";

export type Account = components["schemas"]["AccountOut"];
export type Membership = components["schemas"]["MembershipOut"];

/** The signed-in account: null if no one is, undefined until the server has answered. */
export const account = signal<Account | null | undefined>(undefined);

/** Why the account couldn't be loaded. */
export const accountProblem = signal<Problem | null>(null);

const STORAGE_KEY = "dayline-account";

/** The account may change while a request for it is under way. */
const latest = new LatestRequest();

onSignedOut(endSession);

effect(() => {
  if (account.value) signedIn();
  if (account.value) localStorage.setItem(STORAGE_KEY, JSON.stringify(account.value));
  if (account.value) followLanguage(account.value.language);
});

/** Whether someone is signed in, in any tab of this browser. */
export const isSignedIn = (): boolean => localStorage.getItem(STORAGE_KEY) !== null;

/** Signing out in one tab signs out in all. */
addEventListener("storage", ({ key, newValue }) => {
  if (key === STORAGE_KEY && newValue === null && account.peek()) endSession();
});

/** Treat the session as over. Cached boards are deleted, drafts are kept. */
export function endSession(): void {
  latest.supersede();
  account.value = null;
  localStorage.removeItem(STORAGE_KEY);
  void clearCachedBoards();
}

/** Load the signed-in account. While the server can't be reached, the last one counts. */
export async function loadAccount(): Promise<void> {
  accountProblem.value = null;
  const isLatest = latest.start();
  try {
    const found = await answer(api.GET("/api/account"));
    if (isLatest()) account.value = found;
  } catch (fault) {
    if (!isLatest()) return;
    const problem = problemIn(fault);
    const kept = localStorage.getItem(STORAGE_KEY);
    if (problem.status === 401) return;
    if (kept) account.value = JSON.parse(kept) as Account;
    else accountProblem.value = problem;
  }
}

/** Sign in. Throws a Refusal. */
export async function signIn(email: string, password: string): Promise<void> {
  await answer(api.POST("/api/sessions", { body: { email, password } }));
  account.value = await answer(api.GET("/api/account"));
}

/** Sign out of this browser. An expired session is no error. */
export async function signOut(): Promise<void> {
  await answer(api.DELETE("/api/sessions/current")).catch((fault: Refusal) => {
    if (fault.status !== 401) throw fault;
  });
  endSession();
}
