import t from "locale:administration";
import type { Member } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Dialog } from "../../parts/ui/dialog";
import { InviteForm } from "./invite-form";

interface Props {
  /** An imported member who has not joined yet. */
  member?: Member;
  close: () => void;
}

/** Invites someone; the link is shown this one time. */
export function Invitation({ member, close }: Props) {
  const board = useBoard();
  const { slug } = useWorkspace();
  const title = member
    ? t.inviteNamed({ name: member.name })
    : t.inviteTo({ workspace: board.workspace.name });
  return (
    <Dialog title={title} close={close}>
      <InviteForm board={board} slug={slug} close={close} {...(member ? { member } : {})} />
    </Dialog>
  );
}
