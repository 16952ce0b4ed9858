import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { Empty } from "../../parts/ui/empty";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { fromNow } from "../../parts/time/relative-time";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import { Invitation } from "./invitation";
import { LoadStatus } from "../../parts/data/load-status";

type Invite = components["schemas"]["InviteOut"];

const LIST = "/api/workspaces/{workspace}/invites";
const ONE = "/api/workspaces/{workspace}/invites/{invite_id}";

/** The invites that can still be accepted: made, their link copied once, revoked. */
export function InvitesSection() {
  const here = useWorkspace();
  const { members } = useBoard();
  const inviting = useSignal(false);
  const action = useAction();
  const params = { ...here.pathParams(), query: { state: "open" as const } };
  const read = useLiveLoaded(() => answer(api.GET(LIST, { params })), /^(invite|member)/);
  const revoke = async ({ id, email }: Invite) => {
    await answer(api.DELETE(ONE, { params: here.pathParams({ invite_id: id }) }));
    toast(`The invite of ${email} is no longer good`);
    await read.reload();
  };
  const close = () => {
    inviting.value = false;
    void read.reload();
  };
  const held = read.data.value;
  return (
    <Panel
      title="Open invites"
      aside={
        <Button kind="primary" onClick={() => (inviting.value = true)}>
          Invite
        </Button>
      }
    >
      <LoadStatus of={read} rows={1} />
      <RequestError of={action} />
      {held?.length === 0 && (
        <Empty title="No invite is open.">An invite is a link that you hand over yourself.</Empty>
      )}
      <ul class="rows" aria-label="Open invites">
        {held?.map((invite) => (
          <li key={invite.id}>
            <span class="main">{invite.email}</span>
            <Chip>{invite.role}</Chip>
            <span class="quiet">
              by {members.get(invite.invited_by)?.name ?? "somebody"}, ends{" "}
              {fromNow(invite.expires_at)}
            </span>
            <Button
              small
              kind="quiet"
              aria-label={`Revoke the invite of ${invite.email}`}
              onClick={() => action.run(() => revoke(invite))}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {inviting.value && <Invitation close={close} />}
    </Panel>
  );
}
