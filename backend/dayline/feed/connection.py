"""One client of the feed: what it sees, how far it is, and what waits to be sent to it."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from uuid import UUID

from starlette.websockets import WebSocket

from dayline.feed import frames
from dayline.feed.audience import Viewer
from dayline.feed.frames import Frame
from dayline.feed.resume import ResetReason

HEARTBEAT_S = 5
SEND_S = 8
"""A client that takes nothing for so long is dropped: within 15 s after a heartbeat was due."""

MOST_QUEUED = 128 * 1024
"""With what the server below may hold (64 KB and one frame), a client holds at most 256 KB."""

ACCESS_ENDED, TOO_SLOW, GOING_AWAY = 4401, 4408, 1012


class Outbox:
    """What waits to be sent, bounded by its bytes; a frame counts until it is sent."""

    def __init__(self) -> None:
        self.size = 0
        self._frames: deque[Frame] = deque()
        self._filled = asyncio.Event()
        self._emptied = asyncio.Event()
        self._emptied.set()

    def offer(self, frame: Frame) -> bool:
        """Take a frame, or refuse it where there is no room; an empty box takes any."""
        if self._frames and self.size + frame.size > MOST_QUEUED:
            return False
        self.put(frame)
        return True

    def put(self, frame: Frame) -> None:
        """Take a small frame, room or not."""
        self._frames.append(frame)
        self.size += frame.size
        self._filled.set()
        self._emptied.clear()

    async def emptied(self) -> None:
        await self._emptied.wait()

    async def filled(self) -> None:
        await self._filled.wait()

    def first(self) -> Frame:
        return self._frames[0]

    def drop_first(self) -> None:
        self.size -= self._frames.popleft().size
        if not self._frames:
            self._filled.clear()
            self._emptied.set()


@dataclass(eq=False)
class Connection:
    """A client. `position` is the number up to which all was put in its outbox.

    While it is `live` its workspace's channel brings it events; otherwise it catches up by itself.
    """

    viewer: Viewer
    credential_id: UUID
    history: UUID
    position: int
    live: bool = False
    ended: "asyncio.Future[int]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    outbox: Outbox = field(default_factory=Outbox)
    fell_behind: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.fell_behind.set()

    @property
    def epoch(self) -> str:
        return self.viewer.epoch(self.history)

    def end(self, code: int) -> None:
        """Close it with this code, the first one that was said."""
        self.live = False
        if not self.ended.done():
            self.ended.set_result(code)

    def reset(self, reason: ResetReason, head: int) -> None:
        """Have the client read afresh; what comes then starts behind `head`."""
        self.position = head
        self.outbox.put(frames.reset(reason, self.epoch, head))

    def offer(self, frame: Frame) -> bool:
        """Put events in the outbox, or note that it has to catch up when there is room."""
        if not self.outbox.offer(frame):
            self.fall_behind()
            return False
        self.position = frame.seq
        return True

    def fall_behind(self) -> None:
        self.live = False
        self.fell_behind.set()

    async def send_all(self, websocket: WebSocket) -> None:
        """Send what comes, and a heartbeat when nothing does. Raises TimeoutError when stuck."""
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_S):
                    await self.outbox.filled()
            except TimeoutError:
                self.outbox.put(frames.heartbeat(self.position))
            async with asyncio.timeout(SEND_S):
                await websocket.send_text(self.outbox.first().text)
            self.outbox.drop_first()
