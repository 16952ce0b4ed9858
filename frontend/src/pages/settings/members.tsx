import t from "locale:administration";
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

/** The members with their roles. Admins can disable and restore them, and reset a password. */
export function MembersSection() {
  const { members } = useBoard();
  const inviting = useSignal(false);
  return (
    <Panel
      title={t.members}
      aside={
        <Button kind="primary" onClick={() => (inviting.value = true)}>
          {t.invite}
        </Button>
      }
    >
      <ul class="rows" aria-label={t.members}>
        {[...members.values()].sort(byName).map((member) => (
          <MemberRow key={member.id} member={member} />
        ))}
      </ul>
      {inviting.value && <Invitation close={() => (inviting.value = false)} />}
    </Panel>
  );
}
