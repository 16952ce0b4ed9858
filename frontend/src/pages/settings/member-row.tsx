import { useSignal } from "@preact/signals";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import type { Member } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Person } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Confirm } from "../../parts/ui/confirm";
import { useAction } from "../../parts/ui/action";
import { Dialog } from "../../parts/ui/dialog";
import { RequestError } from "../../parts/ui/error-notice";
import { OneTimeSecret } from "../../parts/ui/one-time-secret";
import { toast } from "../../parts/ui/toast";
import { Invitation } from "./invitation";

type Role = Member["role"];

const ONE = "/api/workspaces/{workspace}/members/{member_id}";
const DISABLEMENT = "/api/workspaces/{workspace}/members/{member_id}/disablement";
const RESET = "/api/workspaces/{workspace}/members/{member_id}/password-reset";

const ROLES: readonly (readonly [Role, string])[] = [
  ["owner", "Owner"],
  ["admin", "Admin"],
  ["member", "Member"],
  ["guest", "Guest"],
];

/** A member with what an admin may do about them. Imported ones are invited to become their own. */
export function MemberRow({ member }: { member: Member }) {
  const here = useWorkspace();
  const { me } = useBoard();
  const action = useAction();
  const leaving = useSignal(false);
  const inviting = useSignal(false);
  const reset = useSignal<components["schemas"]["ResetLink"] | null>(null);
  const { id, name, handle, role, disabled_at, rev } = member;
  const isMe = id === me.member_id;
  const hasJoined = member.joined_at !== null;
  const canManage = me.role === "owner" || role !== "owner";
  const setRole = async (chosen: Role) => {
    const params = { ...here.pathParams({ member_id: id }), header: ifMatch(rev) };
    await answer(api.PATCH(ONE, { params, body: { role: chosen } }));
    toast(`${name} is ${chosen === "owner" || chosen === "admin" ? "an" : "a"} ${chosen} now`);
  };
  const disable = async () => {
    await answer(api.PUT(DISABLEMENT, { params: here.pathParams({ member_id: id }) }));
  };
  const restore = async () => {
    await answer(api.DELETE(DISABLEMENT, { params: here.pathParams({ member_id: id }) }));
    toast(`${name} may come in again`);
  };
  const makeReset = async () => {
    reset.value = await answer(api.POST(RESET, { params: here.pathParams({ member_id: id }) }));
  };
  return (
    <li>
      <span class="main member">
        <Person of={member} />
        <span class="quiet">@{handle}</span>
      </span>
      {disabled_at && <Chip>Disabled</Chip>}
      {!hasJoined && <Chip tone="info">Has not joined yet</Chip>}
      {isMe && <Chip tone="info">You</Chip>}
      <select
        class="input role"
        aria-label={`Role of ${name}`}
        value={role}
        disabled={!canManage || Boolean(disabled_at)}
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.value as Role;
          currentTarget.value = role; // it changes when the server says so
          action.run(() => setRole(chosen));
        }}
      >
        {ROLES.filter(([each]) => each !== "owner" || me.role === "owner" || role === "owner").map(
          ([each, words]) => (
            <option key={each} value={each} selected={each === role}>
              {words}
            </option>
          ),
        )}
      </select>
      {!isMe && canManage && (
        <>
          {hasJoined ? (
            <Button
              small
              aria-label={`Reset link for ${name}`}
              onClick={() => action.run(makeReset)}
            >
              Reset link
            </Button>
          ) : (
            <Button small aria-label={`Invite ${name}`} onClick={() => (inviting.value = true)}>
              Invite
            </Button>
          )}
          {disabled_at ? (
            <Button small aria-label={`Restore ${name}`} onClick={() => action.run(restore)}>
              Restore
            </Button>
          ) : (
            <Button
              small
              kind="quiet"
              aria-label={`Disable ${name}`}
              onClick={() => (leaving.value = true)}
            >
              Disable
            </Button>
          )}
        </>
      )}
      <RequestError of={action} />
      {inviting.value && <Invitation member={member} close={() => (inviting.value = false)} />}
      {leaving.value && (
        <Confirm
          title={`Disable ${name}?`}
          action="Disable"
          run={disable}
          close={() => (leaving.value = false)}
        >
          <p>
            They lose access to this workspace now. Their tokens, calendar link and open invites
            end for good. What they wrote stays, and you can restore them.
          </p>
        </Confirm>
      )}
      {reset.value && (
        <Dialog title={`A new password for ${name}`} close={() => (reset.value = null)}>
          <OneTimeSecret
            label="Link"
            value={reset.value.link}
            note="Send it to them yourself. It is shown this one time, works once, and for 24 hours."
          />
        </Dialog>
      )}
    </li>
  );
}
