"""HTTP routes of an account and its sessions."""

from dayline.identity.api import account, security
from dayline.kernel.http.routing import Room

router = Room(prefix="/api", tags=["accounts"])
for part in (account, security):
    router.include_router(part.router)
