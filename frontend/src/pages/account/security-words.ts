import t from "locale:account";
import type { components } from "../../api/schema";
import { browserOf } from "./browser-name";

export type SecurityEvent = components["schemas"]["SecurityEventOut"];

type Words = (event: SecurityEvent) => string;

/** What someone did to me, what I did to someone, or what I did to myself. */
function actWords(
  { by_name, about }: SecurityEvent,
  theirs: (by: string) => string,
  mine: (name: string) => string,
  self: string,
): string {
  if (by_name) return theirs(by_name);
  return about ? mine(about) : self;
}

/** The previous and the new role of a changed member. */
const rolesOf = ({ role_before, role }: SecurityEvent) => ({
  before: role_before ?? "",
  role: role ?? "",
});

const WORDS: Record<SecurityEvent["kind"], Words> = {
  "account.created": () => t.accountCreated,
  "sign_in.done": () => t.signedIn,
  "sign_in.refused": () => t.signInFailed,
  "sign_in.throttled": () => t.signInsPaused,
  "session.ended": ({ about }) =>
    about ? t.sessionEndedIn({ browser: browserOf(about) }) : t.sessionEnded,
  "session.others_ended": () => t.allOthersEnded,
  "password.changed": () => t.passwordChanged,
  "password.given": () => t.passwordConfirmed,
  "password.refused": () => t.wrongPassword,
  "password.throttled": () => t.passwordChangesPaused,
  "password_reset.issued": (event) =>
    actWords(
      event,
      (by) => t.resetLinkForYou({ by }),
      (name) => t.resetLinkFor({ name }),
      t.resetLinkOnServer,
    ),
  "password_reset.used": () => t.passwordReset,
  "token.created": ({ about }) => t.tokenCreated({ name: about ?? "" }),
  "token.revoked": ({ by_name, about }) =>
    by_name
      ? t.yourTokenRevoked({ by: by_name, name: about ?? "" })
      : t.tokenRevokedNamed({ name: about ?? "" }),
  "calendar_link.created": () => t.calendarLinkCreated,
  "calendar_link.revoked": () => t.calendarLinkRevoked,
  "invite.created": ({ about, role }) => t.invitedAs({ email: about ?? "", role: role ?? "" }),
  "invite.revoked": ({ about }) => t.inviteRevoked({ email: about ?? "" }),
  "invite.accepted": ({ role }) => t.joinedAs({ role: role ?? "" }),
  "role.changed": (event) =>
    actWords(
      event,
      (by) => t.yourRoleChanged({ by, ...rolesOf(event) }),
      (name) => t.roleOfChanged({ name, ...rolesOf(event) }),
      t.ownRoleChanged(rolesOf(event)),
    ),
  "member.disabled": (event) =>
    actWords(
      event,
      (by) => t.yourAccessEnded({ by }),
      (name) => t.accessOfEnded({ name }),
      t.ownAccessEnded,
    ),
  "member.restored": (event) =>
    actWords(
      event,
      (by) => t.yourAccessRestored({ by }),
      (name) => t.accessOfRestored({ name }),
      t.ownAccessRestored,
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
