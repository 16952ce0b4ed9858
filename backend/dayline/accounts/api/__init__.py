"""HTTP of accounts, workspaces and members."""

from dayline.accounts.api import account, door, invites, members, tokens, workspaces
from dayline.kernel.routing import Room

router = Room(prefix="/api", tags=["accounts"])
for part in (door, account, workspaces, members, invites, tokens):
    router.include_router(part.router)
