import t from "locale:administration";
import common from "locale:common";
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

const ROLES: readonly Role[] = ["owner", "admin", "member", "guest"];

/** A member, and what an admin can do. Imported members are invited. */
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
    toast(t.roleChanged({ name, role: chosen }));
  };
  const disable = async () => {
    await answer(api.PUT(DISABLEMENT, { params: here.pathParams({ member_id: id }) }));
  };
  const restore = async () => {
    await answer(api.DELETE(DISABLEMENT, { params: here.pathParams({ member_id: id }) }));
    toast(t.canSignInAgain({ name }));
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
      {disabled_at && <Chip>{t.disabled}</Chip>}
      {!hasJoined && <Chip tone="info">{t.notJoinedYet}</Chip>}
      {isMe && <Chip tone="info">{common.you}</Chip>}
      <select
        class="input role"
        aria-label={t.roleOf({ name })}
        value={role}
        disabled={!canManage || Boolean(disabled_at)}
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.value as Role;
          currentTarget.value = role; // changes after the server has accepted it
          action.run(() => setRole(chosen));
        }}
      >
        {ROLES.filter((each) => each !== "owner" || me.role === "owner" || role === "owner").map(
          (each) => (
            <option key={each} value={each} selected={each === role}>
              {t.role({ role: each })}
            </option>
          ),
        )}
      </select>
      {!isMe && canManage && (
        <>
          {hasJoined ? (
            <Button
              small
              aria-label={t.resetPasswordOf({ name })}
              onClick={() => action.run(makeReset)}
            >
              {t.resetPassword}
            </Button>
          ) : (
            <Button
              small
              aria-label={t.inviteNamed({ name })}
              onClick={() => (inviting.value = true)}
            >
              {t.invite}
            </Button>
          )}
          {disabled_at ? (
            <Button
              small
              aria-label={t.restoreNamed({ name })}
              onClick={() => action.run(restore)}
            >
              {common.restore}
            </Button>
          ) : (
            <Button
              small
              kind="quiet"
              aria-label={t.disableNamed({ name })}
              onClick={() => (leaving.value = true)}
            >
              {t.disable}
            </Button>
          )}
        </>
      )}
      <RequestError of={action} />
      {inviting.value && <Invitation member={member} close={() => (inviting.value = false)} />}
      {leaving.value && (
        <Confirm
          title={t.confirmDisable({ name })}
          action={t.disable}
          run={disable}
          close={() => (leaving.value = false)}
        >
          <p>{t.disableMeans}</p>
        </Confirm>
      )}
      {reset.value && (
        <Dialog title={t.resetPasswordOf({ name })} close={() => (reset.value = null)}>
          <OneTimeSecret
            label={t.resetLink}
            value={reset.value.link}
            note={t.resetLinkNote}
          />
        </Dialog>
      )}
    </li>
  );
}
