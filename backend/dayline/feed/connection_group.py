"""A group of connections whose access is checked together."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from dayline.feed.connection import Connection
from dayline.feed.live_access import Digest


@dataclass(frozen=True, slots=True)
class ConnectionGroup:
    """Connections that are checked together. Outdated once one of them joins, leaves or changes."""

    connections: Collection[Connection]
    credentials: Collection[UUID]
    standing: Digest
    """The digest of their access when it was last read."""
    access_rev: int | None
    """The access revision of that read. None if it differs among them or nothing was read."""

    @classmethod
    def of(cls, connections: Collection[Connection]) -> "ConnectionGroup":
        """Return the group of these connections, with the digest of their last known access."""
        revisions = {connection.access_rev for connection in connections}
        return cls(
            connections,
            {connection.credential_id for connection in connections},
            Digest.of({connection.mark for connection in connections}),
            revisions.pop() if len(revisions) == 1 else None,
        )
