"""Some connections whose access is checked together, and what was found the last time."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from dayline.feed.connection import Connection
from dayline.feed.live_access import Digest


@dataclass(frozen=True, slots=True)
class ConnectionGroup:
    """Connections that are judged together. It is good until one of them comes, goes or changes."""

    connections: Collection[Connection]
    credentials: Collection[UUID]
    standing: Digest
    """What their access came to when it was read."""
    access_rev: int | None
    """At which access revision that was; None where it was not the same for all, or never."""

    @classmethod
    def of(cls, connections: Collection[Connection]) -> "ConnectionGroup":
        """The group of these connections, with what was found of their access the last time."""
        revisions = {connection.access_rev for connection in connections}
        return cls(
            connections,
            {connection.credential_id for connection in connections},
            Digest.of({connection.mark for connection in connections}),
            revisions.pop() if len(revisions) == 1 else None,
        )
