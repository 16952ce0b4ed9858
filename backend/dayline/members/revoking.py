"""Revoking an account's tokens and calendar links in all its workspaces."""

from uuid import UUID

from dayline.identity import security_events
from dayline.identity.client_context import ClientContext
from dayline.identity.models import SecurityKind
from dayline.members import hooks
from dayline.members.actions import bump_access_rev
from dayline.members.queries import memberships
from dayline.members.tokens import revoke_tokens_of


async def revoke_everywhere(
    client: ClientContext, account_id: UUID, tokens: bool, calendar_links: bool
) -> None:
    """Revoke an account's tokens or links in each of its workspaces, each in its own transaction.

    The caller's transaction has ended the sessions that could create new ones, and must commit
    after this. If a workspace fails, the password and the sessions stay unchanged.
    """
    if not (tokens or calendar_links):
        return
    async with client.transaction() as (look, now):
        held = await memberships(look, account_id)
    for membership in held:
        async with client.inside(membership.workspace_id, membership.member_id) as session:
            if tokens:
                for token in await revoke_tokens_of(session, membership.member_id):
                    revoked = SecurityKind.TOKEN_REVOKED
                    security_events.record(session, now, revoked, account_id, about=token.name)
            if calendar_links:
                await hooks.links_revoked(session, membership.member_id)
            if tokens:
                await bump_access_rev(session)
