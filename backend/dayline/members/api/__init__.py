"""HTTP of accounts, workspaces and members."""

from dayline.identity.api import account, security
from dayline.kernel.http.routing import Room
from dayline.members.api import auth, invites, members, tokens, workspaces

router = Room(prefix="/api", tags=["accounts"])
for part in (auth, account, security, workspaces, members, invites, tokens):
    router.include_router(part.router)
