"""What the API says and takes about accounts, workspaces and members."""

from datetime import datetime
from uuid import UUID

from dayline.accounts.models import Role
from dayline.kernel.schemas import Output


class WorkspaceOut(Output):
    """A workspace, as its members see it."""

    id: UUID
    slug: str
    name: str
    reference_zone: str
    created_at: datetime
    rev: int


class MemberOut(Output):
    """A member's card. The address of their account is not on it."""

    id: UUID
    handle: str
    name: str
    role: Role
    joined_at: datetime
    disabled_at: datetime | None
    rev: int
