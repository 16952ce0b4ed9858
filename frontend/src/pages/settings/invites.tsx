import t from "locale:administration";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { components } from "../../api/schema";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLivePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { fromNow } from "../../parts/time/relative-time";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import { Invitation } from "./invitation";
import { LoadStatus } from "../../parts/data/load-status";

type Invite = components["schemas"]["InviteOut"];

const LIST = "/api/workspaces/{workspace}/invites";
const ONE = "/api/workspaces/{workspace}/invites/{invite_id}";

/** The invites that can still be accepted. They can be created and revoked. */
export function InvitesSection() {
  const here = useWorkspace();
  const { members } = useBoard();
  const inviting = useSignal(false);
  const action = useAction();
  const read = useLivePaged((cursor) => {
    const query = { state: "open" as const, ...(cursor && { cursor }) };
    return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
  }, /^(invite|member)/);
  const revoke = async ({ id, email }: Invite) => {
    await answer(api.DELETE(ONE, { params: here.pathParams({ invite_id: id }) }));
    toast(t.inviteRevoked({ email }));
    await read.reload();
  };
  const close = () => {
    inviting.value = false;
    void read.reload();
  };
  const held = read.data.value?.items;
  return (
    <Panel
      title={t.pendingInvites}
      aside={
        <Button kind="primary" onClick={() => (inviting.value = true)}>
          {t.invite}
        </Button>
      }
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title={t.noInvites}>{t.howInvitesWork}</Empty>
      )}
      <ul class="rows" aria-label={t.pendingInvites}>
        {held?.map((invite) => (
          <li key={invite.id}>
            <span class="main">{invite.email}</span>
            <Chip>{t.role({ role: invite.role })}</Chip>
            <span class="quiet">
              {t.invitedBy({
                name: members.get(invite.invited_by)?.name ?? "none",
                when: fromNow(invite.expires_at),
              })}
            </span>
            <Button
              small
              kind="quiet"
              aria-label={t.revokeInvite({ email: invite.email })}
              onClick={() => action.run(() => revoke(invite))}
            >
              {common.revoke}
            </Button>
          </li>
        ))}
      </ul>
      <ShowMore of={read} />
      {inviting.value && <Invitation close={close} />}
    </Panel>
  );
}
