"""How many sockets each member has open on this server."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from dayline.kernel.errors import TooManyRequests


class TooManySockets(TooManyRequests):
    """You have too many live connections. Close some tabs or programs, then try again."""

    slug = "too-many-sockets"


class SocketLimit:
    """The places that members' sockets take; a place is taken between two awaits, so exactly."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[UUID] = Counter()

    @contextmanager
    def taken(self, member_id: UUID) -> Iterator[None]:
        """Take a place of the member's until the block ends. Raises TooManySockets."""
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
