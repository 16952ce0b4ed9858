import { signal } from "@preact/signals";
import { answer, api, onSignedOut } from "../api/client";
import { type Problem, Refusal, UNREACHABLE } from "../api/problem";
import type { components } from "../api/schema";

export type Account = components["schemas"]["AccountOut"];
export type Membership = components["schemas"]["MembershipOut"];

/** Who is signed in: null for nobody, undefined until the server has said. */
export const account = signal<Account | null | undefined>(undefined);

/** Why the server could not say. */
export const accountProblem = signal<Problem | null>(null);

onSignedOut(() => {
  account.value = null;
});

/** Ask the server who is signed in. */
export async function loadAccount(): Promise<void> {
  accountProblem.value = null;
  try {
    account.value = await answer(api.GET("/api/account"));
  } catch (fault) {
    const problem = fault instanceof Refusal ? fault.problem : UNREACHABLE;
    if (problem.status !== 401) accountProblem.value = problem;
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
  account.value = null;
}
