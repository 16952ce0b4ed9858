// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, api, onSignedOut } from "./client";
import { Refusal } from "./problem";
import { passwordPrompt } from "./reauthentication";

const LIST = "/api/workspaces/{workspace}/tokens";
const params = { path: { workspace: "acme" } };
const body = { name: "board", scopes: ["read" as const], expires_in_days: 30 };

const refusal = (status: number, slug: string) =>
  Response.json({ type: `urn:dayline:problem:${slug}`, title: "No.", status }, { status });
const stale = () => refusal(403, "reauthentication-needed");
const unknown = () => refusal(401, "sign-in-needed");
const made = () => Response.json({ id: "t1" }, { status: 201 });

/** What the server was sent, in order; it answers in the order given. */
function server(...answers: (() => Response)[]): string[] {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const text = await request.text();
    sent.push(`${request.method} ${new URL(request.url).pathname} ${text}`);
    const next = answers.shift();
    if (!next) throw new Error("one request too many");
    return next();
  });
  return sent;
}

const create = () => answer(api.POST(LIST, { params, body }));

/** Answer the question for the password when it is put. */
const reply = (given: boolean) =>
  vi.waitFor(() => {
    expect(passwordPrompt.value).not.toBeNull();
    passwordPrompt.value?.(given);
  });

const signedOut = vi.fn();
onSignedOut(signedOut);

afterEach(() => {
  vi.unstubAllGlobals();
  signedOut.mockClear();
});

describe("a request that needs the password again", () => {
  it("is repeated as it was once the password is given", async () => {
    const sent = server(stale, made);
    const creating = create();
    await reply(true);
    expect(await creating).toEqual({ id: "t1" });
    expect(sent).toHaveLength(2);
    expect(sent[1]).toBe(sent[0]);
    expect(sent[0]).toContain(JSON.stringify(body));
    expect(passwordPrompt.value).toBeNull();
  });

  it("is refused where it is not given", async () => {
    const sent = server(stale);
    const creating = create();
    await reply(false);
    await expect(creating).rejects.toBeInstanceOf(Refusal);
    expect(sent).toHaveLength(1);
    expect(passwordPrompt.value).toBeNull();
  });

  it("asks once for all that were refused", async () => {
    const sent = server(stale, stale, made, made);
    const creating = Promise.all([create(), create()]);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    await reply(true);
    await creating;
    expect(sent).toHaveLength(4);
  });
});

describe("a request whose session was renewed meanwhile", () => {
  it("is repeated with the new one", async () => {
    const sent = server(unknown, made);
    expect(await create()).toEqual({ id: "t1" });
    expect(sent[1]).toBe(sent[0]);
    expect(signedOut).not.toHaveBeenCalled();
  });

  it("waits for the renewal that is under way", async () => {
    let renewed: (response: Response) => void = () => undefined;
    const order: string[] = [];
    vi.stubGlobal("fetch", (request: Request) => {
      order.push(new URL(request.url).pathname);
      if (request.url.endsWith("reauthentication"))
        return new Promise<Response>((resolve) => (renewed = resolve));
      return Promise.resolve(order.length < 3 ? unknown() : made());
    });
    const again = "/api/sessions/current/reauthentication";
    const renewing = answer(api.POST(again, { body: { password: "seven quiet herons" } }));
    const creating = create();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toHaveLength(2);
    renewed(made());
    await Promise.all([renewing, creating]);
    expect(order).toHaveLength(3);
  });

  it("says that nobody is signed in where that is so", async () => {
    const sent = server(unknown, unknown);
    await expect(create()).rejects.toBeInstanceOf(Refusal);
    expect(sent).toHaveLength(2);
    expect(signedOut).toHaveBeenCalledOnce();
  });
});
