import { useSignal } from "@preact/signals";
import type { Member } from "../../live/documents";
import { useBoard } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Panel } from "../../parts/ui/panel";
import { Invitation } from "./invitation";
import { MemberRow } from "./member-row";

const byName = (one: Member, other: Member) =>
  Number(Boolean(one.disabled_at)) - Number(Boolean(other.disabled_at)) ||
  one.name.localeCompare(other.name);

/** Who is here, as what; letting go, letting in again, and links for forgotten passwords. */
export function MembersSection() {
  const { members } = useBoard();
  const inviting = useSignal(false);
  return (
    <Panel
      title="Members"
      aside={
        <Button kind="primary" onClick={() => (inviting.value = true)}>
          Invite
        </Button>
      }
    >
      <ul class="rows" aria-label="Members">
        {[...members.values()].sort(byName).map((member) => (
          <MemberRow key={member.id} member={member} />
        ))}
      </ul>
      {inviting.value && <Invitation close={() => (inviting.value = false)} />}
    </Panel>
  );
}
