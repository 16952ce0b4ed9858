import { describe, expect, it } from "vitest";
import {
  groupEvents,
  KINDS,
  originWords,
  type SecurityEvent,
  securityWords,
} from "./security-words";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36";

function event(kind: SecurityEvent["kind"], more: Partial<SecurityEvent> = {}): SecurityEvent {
  return {
    id: "1",
    at: "2026-11-27T13:02:00Z",
    kind,
    by_name: null,
    workspace: null,
    about: null,
    role: null,
    role_before: null,
    address: "10.0.0.7",
    user_agent: CHROME,
    ...more,
  };
}

describe("security events in words", () => {
  it.each([
    [event("sign_in.done"), "Signed in"],
    [event("session.ended", { about: CHROME }), "Session ended: Chrome on Linux"],
    [event("token.created", { about: "wall board" }), "Token created: wall board"],
    [
      event("token.revoked", { about: "wall board", by_name: "Ada" }),
      "Ada revoked your token: wall board",
    ],
    [event("invite.created", { about: "r@example.org", role: "guest" }), "Invited r@example.org as a guest"],
    [
      event("role.changed", { by_name: "Ada", role_before: "member", role: "guest" }),
      "Ada changed your role from member to guest",
    ],
    [
      event("role.changed", { about: "Sam", role_before: "member", role: "guest" }),
      "Sam’s role changed from member to guest",
    ],
    [event("password_reset.issued"), "Password reset link created on the server"],
  ])("%#", (given, words) => {
    expect(securityWords(given)).toBe(words);
  });

  it("name no kind by its code", () => {
    for (const kind of KINDS) expect(securityWords(event(kind))).not.toContain(".");
  });

  it("say where from, unless the owner isn't told", () => {
    expect(originWords(event("sign_in.done"))).toBe("Chrome on Linux, 10.0.0.7");
    expect(originWords(event("role.changed", { address: null, user_agent: null }))).toBe("");
  });

  it("that repeat from one place are one line", () => {
    const failed = event("sign_in.refused");
    const groups = groupEvents([failed, failed, event("sign_in.refused", { address: "10.0.0.8" }), failed]);
    expect(groups.map(({ times }) => times)).toEqual([2, 1, 1]);
  });
});
