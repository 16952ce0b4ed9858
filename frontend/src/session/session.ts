import { effect, signal } from "@preact/signals";
import { answer, api, onSignedOut, signedIn } from "../api/client";
import { LatestRequest } from "../api/latest";
import { type Problem, problemIn, Refusal } from "../api/problem";
import type { components } from "../api/schema";
import { clearCachedBoards } from "../live/board-cache";

export type Account = components["schemas"]["AccountOut"];
export type Membership = components["schemas"]["MembershipOut"];

/** Who is signed in: null for nobody, undefined until the server has said. */
export const account = signal<Account | null | undefined>(undefined);

/** Why the server could not say. */
export const accountProblem = signal<Problem | null>(null);

const STORAGE_KEY = "dayline-account";

/** Who is signed in may change while the server is still asked who that is. */
const latest = new LatestRequest();

onSignedOut(endSession);

effect(() => {
  if (account.value) signedIn();
  if (account.value) localStorage.setItem(STORAGE_KEY, JSON.stringify(account.value));
});

/** Whether somebody is signed in, in any tab of this browser. */
export const isSignedIn = (): boolean => localStorage.getItem(STORAGE_KEY) !== null;

/** Whoever signs out in one tab has signed out in all of them. */
addEventListener("storage", ({ key, newValue }) => {
  if (key === STORAGE_KEY && newValue === null && account.peek()) endSession();
});

/** Nobody is signed in now: what this browser keeps of workspaces goes, what was typed stays. */
export function endSession(): void {
  latest.supersede();
  account.value = null;
  localStorage.removeItem(STORAGE_KEY);
  void clearCachedBoards();
}

/** Ask the server who is signed in. While it is away, whoever was here last still is. */
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

/** Sign out here; a session that is over already is no failure. */
export async function signOut(): Promise<void> {
  await answer(api.DELETE("/api/sessions/current")).catch((fault: Refusal) => {
    if (fault.status !== 401) throw fault;
  });
  endSession();
}
