"""How far each member has looked."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from dayline.kernel.db.columns import WorkspaceRow, points_to


class LastSeen(WorkspaceRow, table=True):
    """When a member last looked at what changed; `id` is theirs. Nobody else sees it."""

    __tablename__ = "looks"
    __table_args__ = (points_to("id", "members"),)

    seq: int = Field(sa_type=BigInteger)
    """The number of the latest event that they were shown."""
    looked_at: datetime
