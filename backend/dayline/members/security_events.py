"""Security events of members' actions, for the actor's account and the affected member's."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from dayline.identity.caller import Caller
from dayline.identity.models import Role, SecurityKind
from dayline.identity.security_events import add, from_here, new_event
from dayline.members.models import Member, Workspace


async def record_act(
    caller: Caller,
    kind: SecurityKind,
    *,
    about: str | None = None,
    of: Member | None = None,
    role: Role | None = None,
    role_before: Role | None = None,
) -> None:
    """Record a member's action for their account, and for the affected member's account.

    `of` is the affected member, if it isn't the caller. Their account doesn't see the address.
    """
    workspace, by_name = await _names(caller)
    facts: dict[str, Any] = {"workspace": workspace, "role": role, "role_before": role_before}
    if of is None or of.id == caller.member_id:
        own = new_event(caller.now, kind, caller.account_id, about=about, **facts)
        add(caller.session, from_here(own))
        return
    named = of.name if about is None else f"{of.name}: {about}"
    own = new_event(caller.now, kind, caller.account_id, about=named, **facts)
    add(caller.session, from_here(own), of_member=str(of.id), of_account=str(of.account_id))
    if of.account_id is not None:
        theirs = new_event(caller.now, kind, of.account_id, about=about, **facts)
        theirs.by_name = by_name
        caller.session.add(theirs)


async def _names(caller: Caller) -> tuple[str, str]:
    """Return the names of the workspace and of the caller."""
    found = await caller.session.execute(
        select(col(Workspace.name), col(Member.name))
        .join(Member, col(Member.workspace_id) == col(Workspace.id))
        .where(col(Workspace.id) == caller.workspace_id, col(Member.id) == caller.member_id)
    )
    workspace, name = found.one()
    return workspace, name
