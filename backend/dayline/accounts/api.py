"""HTTP of accounts, workspaces and members."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["accounts"])
