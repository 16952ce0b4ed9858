"""Writing to a client: directly to the transport on our server, through ASGI elsewhere.

ASGI has no fan-out: each `send` wraps, checks and serialises the same message again for every
client. And whatever a request allocates on its way in stays on the stack while its socket is open.
So our protocol for uvicorn offers two things as an ASGI extension: writing a frame that was
serialised once, and serving a socket after the application has returned. Writing is refused while
earlier bytes wait for the client. The frame then goes through `send`, which waits.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from dayline.feed.frames import Frame
from dayline.kernel.http.crowd import Place

EXTENSION = "dayline.wire"


def _refuse(_frame: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Socket:
    """What a connection needs of an accepted socket."""

    receive: Receive
    _send: Send
    write: Callable[[bytes], bool] = _refuse
    """Write a complete WebSocket frame now. Returns False if it can't be written at once."""

    async def send(self, frame: Frame) -> None:
        """Send a frame once the client can take it. Raises if the client has left."""
        await self._send({"type": "websocket.send", "text": frame.text})

    async def close(self, code: int) -> None:
        """Close the socket. Raises if the client has left."""
        await self._send({"type": "websocket.close", "code": code, "reason": ""})


Life = Callable[[Socket], Awaitable[None]]
"""Serves an accepted socket until it ends."""


async def live(websocket: WebSocket, life: Life) -> None:
    """Start serving a socket. It may continue after this returns, so return to the server then."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    if protocol is None:
        await life(Socket(websocket.receive, websocket.send))
    else:
        protocol.life = life


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol with the extension. Compression must be off."""

    life: Life | None = None
    place: Place | None = None
    """The connection's place among all that this process counts."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Release the place."""
        if self.place is not None:
            self.place.leave()
        super().connection_lost(exc)

    async def run_asgi(self) -> None:
        """Run the application with the extension in its scope."""
        application, self.app = self.app, self._serve
        await super().run_asgi()
        self.app = application

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"][EXTENSION] = self
        await self.config.loaded_app(scope, receive, send)
        if self.life is not None:
            del scope, self.scope, self.request, self.response  # frees kilobytes for each client
            await self.life(Socket(receive, send, self._write))

    def _write(self, frame: bytes) -> bool:
        if self.close_sent or not self.writable.is_set() or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True
