"""The way to a client: past the layers of ASGI where the server is ours, through them elsewhere.

ASGI knows no fan-out: each `send` wraps, checks and serialises the same message again for every
client. And what a request passes on its way in stays on the stack as long as its socket lives.
Our protocol for uvicorn therefore offers two things as an ASGI extension: to write a frame that was
serialised once, and to go on with a socket when the application has returned. The frame is refused
while an earlier byte waits for the client; then, as on any other server, it goes through `send`,
which waits.
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
    """What a connection needs of its socket, once it is accepted."""

    receive: Receive
    _send: Send
    write: Callable[[bytes], bool] = _refuse
    """Hand over a whole frame of WebSocket now, or answer False."""

    async def send(self, frame: Frame) -> None:
        """Send a frame as soon as the client takes it. Raises when the client has left."""
        await self._send({"type": "websocket.send", "text": frame.text})

    async def close(self, code: int) -> None:
        """Say goodbye. Raises when the client has left."""
        await self._send({"type": "websocket.close", "code": code, "reason": ""})


Life = Callable[[Socket], Awaitable[None]]
"""What happens on an accepted socket until it ends."""


async def live(websocket: WebSocket, life: Life) -> None:
    """Begin a socket's life. It may go on when this has returned; then return to the server."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    if protocol is None:
        await life(Socket(websocket.receive, websocket.send))
    else:
        protocol.life = life


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, with the extension. It must be configured without compression."""

    life: Life | None = None
    place: Place | None = None
    """Of the connection, among all that this process holds."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place up."""
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
            del scope, self.scope, self.request, self.response  # kilobytes for each client
            await self.life(Socket(receive, send, self._write))

    def _write(self, frame: bytes) -> bool:
        if self.close_sent or not self.writable.is_set() or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True
