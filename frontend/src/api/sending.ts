/** Sends requests, and repeats those that were refused for the session's sake. */

import { askForPassword } from "./reauthentication";

export const SIGN_IN_NEEDED = "urn:dayline:problem:sign-in-needed";
const REAUTHENTICATION_NEEDED = "urn:dayline:problem:reauthentication-needed";

/** Requests whose response replaces the session cookie. */
const RENEWS = /\/api\/(account\/password|sessions\/current\/reauthentication)$/;
const REFUSED = new Set([401, 403]);

let renewing: Promise<unknown> = Promise.resolve();

/**
 * A request that can be sent twice. Request.clone() would turn both bodies into streams, and the
 * browser's developer tools would no longer show what was sent.
 */
export class Repeatable extends Request {
  readonly anew: () => Request;

  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, init);
    this.anew = () => new Request(input, init);
  }
}

/**
 * Send a request. It is repeated once after the password was asked for, and when its session was
 * renewed meanwhile, here or in another tab.
 */
export async function send(request: Repeatable): Promise<Response> {
  const sent = fetch(request);
  if (RENEWS.test(request.url)) renewing = sent.catch(() => {});
  const response = await sent;
  return (await isWorthRepeating(response)) ? fetch(request.anew()) : response;
}

async function isWorthRepeating(response: Response): Promise<boolean> {
  if (!REFUSED.has(response.status)) return false;
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const type = (problem as { type?: string } | null)?.type;
  if (type === REAUTHENTICATION_NEEDED) return askForPassword();
  if (type === SIGN_IN_NEEDED) await renewing;
  return type === SIGN_IN_NEEDED;
}
