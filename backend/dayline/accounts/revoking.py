"""Revoking what an account's memberships gave out: tokens, and links that need no sign-in."""

from uuid import UUID

from dayline.accounts import hooks, security
from dayline.accounts.actions import touch_access
from dayline.accounts.models import SecurityKind
from dayline.accounts.queries import memberships
from dayline.accounts.tokens import revoke_tokens_of
from dayline.accounts.visit import Visit


async def revoke_everywhere(
    visit: Visit, account_id: UUID, *, tokens: bool, calendar_links: bool
) -> None:
    """Revoke an account's tokens or links in each of its workspaces, a transaction each.

    The caller's own transaction has ended the sessions that could make others, and commits after
    this: where a workspace fails, the password and its sessions stay as they were.
    """
    if not (tokens or calendar_links):
        return
    async with visit.look() as (look, now):
        held = await memberships(look, account_id)
    for membership in held:
        async with visit.inside(membership.workspace_id, membership.member_id) as session:
            if tokens:
                for token in await revoke_tokens_of(session, membership.member_id):
                    revoked = SecurityKind.TOKEN_REVOKED
                    security.record(session, now, revoked, account_id, about=token.name)
            if calendar_links:
                await hooks.links_revoked(session, membership.member_id)
            if tokens:
                await touch_access(session)
