"""HTTP routes of workspaces."""

from fastapi import APIRouter, Request, Response

from dayline.identity.caller import AdminWrites, GuestReads, SignedInAccount
from dayline.kernel.http.revisions import ExpectedRev, etag
from dayline.members.models import Workspace
from dayline.members.queries import active_memberships, get_workspace
from dayline.members.schemas import MembershipOut, WorkspaceEdit, WorkspaceIn, WorkspaceOut
from dayline.members.workspaces import edit_workspace, found_workspace

router = APIRouter()

WORKSPACE = "/workspaces/{workspace}"


@router.get("/workspaces")
async def workspaces_list(me: SignedInAccount) -> list[MembershipOut]:
    """List the workspaces that you are an active member of, by name."""
    return await active_memberships(me.session, me.account_id)


@router.post("/workspaces", status_code=201)
async def workspaces_create(
    me: SignedInAccount, request: Request, response: Response, new: WorkspaceIn
) -> WorkspaceOut:
    """Create a workspace and become its owner.

    Only accounts with `founder_at` can do this.
    """
    workspace = await found_workspace(me, new)
    response.headers["Location"] = f"{request.url.path}/{workspace.slug}"
    return _shown(response, workspace)


@router.get(WORKSPACE)
async def workspaces_get(caller: GuestReads, response: Response) -> WorkspaceOut:
    """Get the workspace."""
    return _shown(response, await get_workspace(caller))


@router.patch(WORKSPACE)
async def workspaces_update(
    caller: AdminWrites, response: Response, expected_rev: ExpectedRev, edit: WorkspaceEdit
) -> WorkspaceOut:
    """Change the workspace's name, team time zone, language or clarity levels."""
    return _shown(response, await edit_workspace(caller, expected_rev, edit))


def _shown(response: Response, workspace: Workspace) -> WorkspaceOut:
    response.headers["ETag"] = etag(workspace.rev)
    return WorkspaceOut.model_validate(workspace)
