"""HTTP of accounts, workspaces and members."""

from dayline.accounts.api import account, door, invites, members, security, tokens, workspaces
from dayline.kernel.routing import Room

router = Room(prefix="/api", tags=["accounts"])
for part in (door, account, security, workspaces, members, invites, tokens):
    router.include_router(part.router)
