"""Limiting how many sockets each member has open on this server."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from dayline.kernel.errors import TooManyRequests


class TooManySockets(TooManyRequests):
    """The member has too many live connections. Some must be closed first."""

    slug = "too-many-sockets"


class SocketLimit:
    """Counts each member's open sockets. Checking and counting happen without an await between."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[UUID] = Counter()

    @contextmanager
    def taken(self, member_id: UUID) -> Iterator[None]:
        """Count a socket of the member until the block ends. Raises TooManySockets."""
        used = self._taken[member_id]
        if used >= self._most:
            raise TooManySockets(used=used, limit=self._most, headers={"Retry-After": "30"})
        self._taken[member_id] += 1
        try:
            yield
        finally:
            self._taken[member_id] -= 1
            if not self._taken[member_id]:
                del self._taken[member_id]
