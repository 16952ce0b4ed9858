"""HTTP route of usage: how much a member and their workspace use of their quotas."""

from fastapi import Request

from dayline.attachments.actions import MOST_LOOSE, count_loose
from dayline.attachments.schemas import MemberUsageOut, UsageOfAllOut, WorkspaceUsageOut
from dayline.attachments.storage import storage_of
from dayline.identity.caller import GuestReads
from dayline.kernel.db.quotas import UsageOut
from dayline.kernel.http.routing import Room
from dayline.members.tokens import count_live_tokens

router = Room(prefix="/api/workspaces/{workspace}", tags=["usage"])


@router.get("/usage")
async def usage_get(caller: GuestReads, request: Request) -> UsageOfAllOut:
    """Show how much you use of what is limited.

    Admins also see how much the workspace uses.
    """
    settings = request.app.state.settings
    storage = await storage_of(caller, settings)
    loose, tokens = await count_loose(caller), await count_live_tokens(caller)
    mine = MemberUsageOut(
        storage_bytes=storage.member,
        unattached_files=UsageOut(used=loose, limit=MOST_LOOSE),
        tokens=UsageOut(used=tokens, limit=settings.member_tokens),
    )
    of_all = WorkspaceUsageOut(storage_bytes=storage.workspace)
    return UsageOfAllOut(mine=mine, workspace=of_all if caller.acts_as_admin else None)
