"""Creating and changing workspaces."""

from sqlalchemy.exc import IntegrityError

from dayline.core.phrase import Phrase
from dayline.identity.account import get_account
from dayline.identity.caller import Caller, SignedIn
from dayline.identity.problems import violates
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.errors import Forbidden, Invalid
from dayline.kernel.http.language import spoken_and_offered
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.members import actions
from dayline.members.events import WorkspaceChanged
from dayline.members.models import Workspace
from dayline.members.queries import get_workspace
from dayline.members.schemas import WorkspaceEdit, WorkspaceIn, WorkspaceOut


async def found_workspace(me: SignedIn, new: WorkspaceIn) -> Workspace:
    """Create a workspace, owned by the account and in the language of the request.

    Raises Forbidden if the account may not, and Invalid.
    """
    account = await get_account(me)
    if account.founder_at is None:
        raise Forbidden(Phrase("problems.forbidden.no-new-workspaces"))
    try:
        workspace, _ = await actions.create_workspace(
            me.session, account, now=me.now, language=spoken_and_offered(), **new.model_dump()
        )
    except IntegrityError as fault:
        if violates(fault, "uq_workspaces_slug"):
            raise Invalid.field("slug", Phrase("fields.taken")) from fault
        raise
    return workspace


async def edit_workspace(caller: Caller, expected_rev: int, edit: WorkspaceEdit) -> Workspace:
    """Change the workspace's name, zone, language or clarity levels. Raises RevisionMismatch."""
    workspace = await get_workspace(caller, for_update=True)
    check_rev(workspace, expected_rev)
    named = edit.model_dump(exclude_unset=True)
    if "clarity" in named:
        named["clarity"] = workspace.clarity | named["clarity"]
    changes = changes_of(workspace, named)
    if changes:
        apply(workspace, changes)
        workspace.rev += 1
        await caller.session.flush()
        changed = WorkspaceChanged(workspace=WorkspaceOut.model_validate(workspace))
        events.record(caller.session, changed, Audience.workspace())
    return workspace
