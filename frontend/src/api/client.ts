import createClient from "openapi-fetch";
import { language } from "../text/language";
import { setClock } from "./clock";
import { problemOf, Refusal, UNREACHABLE } from "./problem";
import type { paths } from "./schema";
import { Repeatable, send, SIGN_IN_NEEDED } from "./sending";

/** The API of the server that served this page, typed by its OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  headers: { "accept-language": language },
  Request: Repeatable,
  fetch: (request) => send(request as Repeatable),
});

api.use({
  onResponse({ response }) {
    setClock(response.headers.get("Date"));
  },
});

let whenSignedOut = (): void => {};

/**
 * Counts sign-ins. A request from before a sign-in says nothing about the account that signed in.
 */
let signIns = 0;

export function signedIn(): void {
  signIns += 1;
}

/** Set what happens when the server no longer knows the session. */
export function onSignedOut(callback: () => void): void {
  whenSignedOut = callback;
}

/** The header that makes a request a change of that revision. */
export const ifMatch = (rev: number) => ({ "if-match": `"${rev}"` });

export interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Resolve to the body of a successful response. Throws a Refusal otherwise. */
export async function answer<T>(sent: Promise<Answer<T>>): Promise<T> {
  const before = signIns;
  const { data, error, response } = await sent.catch(() => {
    throw new Refusal(UNREACHABLE);
  });
  if (response.ok) return data as T;
  const problem = problemOf(response.status, error);
  if (problem.type === SIGN_IN_NEEDED && before === signIns) whenSignedOut();
  throw new Refusal(problem);
}
