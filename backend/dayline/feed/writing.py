"""Encoding the frames of a page once for all viewers with the same position and access."""

from dayline.context.audience import sees
from dayline.feed import frames
from dayline.feed.connection import Connection
from dayline.feed.frames import Encoded, Frame
from dayline.feed.pages import Page

_Sight = tuple[bool, ...]
"""For each audience of a page, whether the viewer belongs to it."""


class Writing:
    """Encodes a page for one connection after another, and reuses equal frames."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._audiences = list(dict.fromkeys(audience for audience, _ in page.events))
        self._written: dict[tuple[int, _Sight], list[Frame]] = {}

    def frames(self, connection: Connection) -> list[Frame]:
        """Return the frames that bring the connection from its position to the end of the page."""
        viewer, participants = connection.viewer, self._page.participants
        sight = tuple([sees(viewer, audience, participants) for audience in self._audiences])
        written = self._written.get((connection.position, sight))
        return written or self._write(connection.position, sight)

    def _write(self, position: int, sight: _Sight) -> list[Frame]:
        visible = frames.events(position, self._page.upto, self._visible(position, sight))
        written = self._written[position, sight] = list(visible)
        return written

    def _visible(self, position: int, sight: _Sight) -> list[Encoded]:
        seen = {
            audience for audience, is_seen in zip(self._audiences, sight, strict=True) if is_seen
        }
        return [e for audience, e in self._page.events if audience in seen and e.seq > position]
