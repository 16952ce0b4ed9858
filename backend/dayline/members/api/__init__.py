"""HTTP routes of workspaces, members, invites and tokens, and those without sign-in."""

from dayline.kernel.http.routing import Room
from dayline.members.api import auth, invites, members, tokens, workspaces

router = Room(prefix="/api", tags=["accounts"])
for part in (auth, workspaces, members, invites, tokens):
    router.include_router(part.router)
