"""The way of a frame to its client: at once, in its finished bytes, or through ASGI.

ASGI knows no fan-out: each `send` wraps, checks and serialises the same message again for every
client. Our protocol for uvicorn therefore offers, as an ASGI extension, to write a frame that was
serialised once. It refuses while an earlier byte waits for the client, and then as on any other
server the frame goes through `send`, which waits.
"""

from collections.abc import Callable

from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from dayline.feed.frames import Frame

EXTENSION = "dayline.wire"

Write = Callable[[bytes], bool]
"""Write one whole frame now, or answer False."""


class WireProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket that also takes frames as they go over the wire. Without compression."""

    async def run_asgi(self) -> None:
        self.scope["extensions"][EXTENSION] = {"write": self.write}
        await super().run_asgi()

    def write(self, frame: bytes) -> bool:
        """Hand one unmasked frame to the transport, if nothing holds it back."""
        if self.close_sent or not self.writable.is_set() or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True


def _never(_frame: bytes) -> bool:
    return False


class Wire:
    """What a connection needs of its socket."""

    def __init__(self, websocket: WebSocket) -> None:
        offered = websocket.scope.get("extensions", {}).get(EXTENSION, {})
        self.write: Write = offered.get("write", _never)
        self._websocket = websocket

    async def send(self, frame: Frame) -> None:
        """Send a frame as soon as the client takes it. Raises when the client has left."""
        await self._websocket.send_text(frame.text)
