import { useBoard, useWorkspace } from "../../live/workspace";
import { Dialog } from "../../parts/dialog";
import { InviteForm } from "../invite-form";

/** Invites somebody; the link is shown this one time. */
export function Invitation({ close }: { close: () => void }) {
  const board = useBoard();
  const { slug } = useWorkspace();
  return (
    <Dialog title={`Invite to ${board.workspace.name}`} close={close}>
      <InviteForm board={board} slug={slug} />
    </Dialog>
  );
}
