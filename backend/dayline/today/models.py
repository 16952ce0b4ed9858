"""The table of how far each member has looked."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from dayline.kernel.db.columns import WorkspaceRow, points_to


class LastSeen(WorkspaceRow, table=True):
    """A member's last visit to what changed. `id` is the member's. No one else sees it."""

    __tablename__ = "looks"
    __table_args__ = (points_to("id", "members"),)

    seq: int = Field(sa_type=BigInteger)
    """The number of the latest event that they have seen."""
    looked_at: datetime
