"""HTTP of accounts, workspaces and members."""

from fastapi import APIRouter

from dayline.accounts.api import account, door, invites, members, tokens, workspaces

router = APIRouter(prefix="/api", tags=["accounts"])
for part in (door, account, workspaces, members, invites, tokens):
    router.include_router(part.router)
