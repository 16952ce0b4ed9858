import t from "locale:account";
import type { components } from "../../api/schema";
import { browserOf } from "./browser-name";

export type SecurityEvent = components["schemas"]["SecurityEventOut"];

type Words = (event: SecurityEvent) => string;

const named = (what: string, about: string | null) => (about ? `${what}: ${about}` : what);

const rolesOf = ({ role_before, role }: SecurityEvent) => `from ${role_before} to ${role}`;

/** What someone did to me, what I did to someone, or what I did to myself. */
function actWords(
  event: SecurityEvent,
  theirs: (by: string) => string,
  mine: (about: string) => string,
  self: string,
): string {
  if (event.by_name) return theirs(event.by_name);
  return event.about ? mine(event.about) : self;
}

const WORDS: Record<SecurityEvent["kind"], Words> = {
  "account.created": () => "Account created",
  "sign_in.done": () => "Signed in",
  "sign_in.refused": () => "Sign-in failed",
  "sign_in.throttled": () => "Sign-ins paused after too many tries",
  "session.ended": ({ about }) => named("Session ended", about && browserOf(about)),
  "session.others_ended": () => "All other sessions ended",
  "password.changed": () => "Password changed",
  "password.given": () => "Password confirmed",
  "password.refused": () => "Wrong current password",
  "password.throttled": () => "Password changes paused after too many tries",
  "password_reset.issued": (event) =>
    actWords(
      event,
      (by) => `${by} created a password reset link for you`,
      (about) => `Password reset link created for ${about}`,
      "Password reset link created on the server",
    ),
  "password_reset.used": () => "Password reset with a link",
  "token.created": ({ about }) => named("Token created", about),
  "token.revoked": ({ by_name, about }) =>
    named(by_name ? `${by_name} revoked your token` : "Token revoked", about),
  "calendar_link.created": () => "Calendar link created",
  "calendar_link.revoked": () => "Calendar link revoked",
  "invite.created": ({ about, role }) => `Invited ${about} as ${role}`,
  "invite.revoked": ({ about }) => `Invite for ${about} revoked`,
  "invite.accepted": ({ role }) => `Joined as ${role}`,
  "role.changed": (event) =>
    actWords(
      event,
      (by) => `${by} changed your role ${rolesOf(event)}`,
      (about) => `Role of ${about} changed ${rolesOf(event)}`,
      `Changed your own role ${rolesOf(event)}`,
    ),
  "member.disabled": (event) =>
    actWords(
      event,
      (by) => `${by} ended your access`,
      (about) => `Access of ${about} ended`,
      "Ended your own access",
    ),
  "member.restored": (event) =>
    actWords(
      event,
      (by) => `${by} restored your access`,
      (about) => `Access of ${about} restored`,
      "Restored your own access",
    ),
};

export const KINDS = Object.keys(WORDS) as SecurityEvent["kind"][];

/** What happened, as its account's owner reads it. */
export const securityWords = (event: SecurityEvent): string => WORDS[event.kind](event);

/** Where it came from: `Chrome on Linux, 10.0.0.7`; empty where the owner isn't told. */
export function originWords({ user_agent, address }: SecurityEvent): string {
  if (!address) return "";
  return t.origin({ browser: browserOf(user_agent ?? ""), address });
}

export interface Group {
  latest: SecurityEvent;
  times: number;
}

/** The same thing from the same place many times in a row is one line. */
export function groupEvents(events: readonly SecurityEvent[]): Group[] {
  const groups: Group[] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && sameLine(last.latest, event)) last.times += 1;
    else groups.push({ latest: event, times: 1 });
  }
  return groups;
}

const sameLine = (one: SecurityEvent, other: SecurityEvent) =>
  securityWords(one) === securityWords(other) &&
  originWords(one) === originWords(other) &&
  one.workspace === other.workspace;
