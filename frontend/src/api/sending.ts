/** Sending a request, and once more where that helps: nothing that was typed is lost by a refusal. */

import { askForPassword } from "./reauthentication";

export const SIGN_IN_NEEDED = "urn:dayline:problem:sign-in-needed";
const REAUTHENTICATION_NEEDED = "urn:dayline:problem:reauthentication-needed";

/** What is answered with a new cookie for the one in use. */
const RENEWS = /\/api\/(account\/password|sessions\/current\/reauthentication)$/;
const REFUSED = new Set([401, 403]);

let renewing: Promise<unknown> = Promise.resolve();

/**
 * A request that can be made anew. A clone would turn the bodies of both into streams, and nobody
 * sees in the browser's developer tools what was sent.
 */
export class Repeatable extends Request {
  readonly anew: () => Request;

  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, init);
    this.anew = () => new Request(input, init);
  }
}

/**
 * Fetch it. Where the server wants the password first, it is asked for and the request repeated. A
 * request that met the renewal of its session, here or in another tab, is repeated as well.
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
