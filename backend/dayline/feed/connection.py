"""One client of the feed: what it sees, how far it is, and what waits to be sent to it."""

import asyncio
from collections import deque
from uuid import UUID

import structlog

from dayline.feed import frames
from dayline.feed.audience import FeedViewer
from dayline.feed.frames import Frame
from dayline.feed.resume import ResetReason
from dayline.feed.wire import Socket
from dayline.kernel.jobs.cancel import cancel_and_wait

log = structlog.get_logger("dayline.feed")

HEARTBEAT_S = 5
BEAT_S = 0.5
"""How often one looks for connections to which nothing was sent for that long."""

SEND_S = 8
"""A client that takes nothing for so long is dropped: within 15 s after a heartbeat was due."""

MOST_QUEUED = 128 * 1024
"""With what the server below may hold (64 KB and one frame), a client holds at most 256 KB."""

ACCESS_ENDED, TOO_SLOW, GOING_AWAY = 4401, 4408, 1012


class Outbox:
    """What waits to be sent, bounded by its bytes; a frame counts until it is sent."""

    __slots__ = ("_frames", "size")

    def __init__(self) -> None:
        self.size = 0
        self._frames: deque[Frame] | None = None  # most connections never need one

    def has_room(self, frame: Frame) -> bool:
        """An empty box takes any frame."""
        return not self.size or self.size + frame.size <= MOST_QUEUED

    def put(self, frame: Frame) -> None:
        """Queue a frame behind the others."""
        self._frames = self._frames or deque()
        self._frames.append(frame)
        self.size += frame.size

    def first(self) -> Frame | None:
        """The frame that is sent next, or None."""
        return self._frames[0] if self._frames else None

    def drop_first(self) -> None:
        """Forget the first frame: it was sent."""
        assert self._frames is not None  # noqa: S101
        self.size -= self._frames.popleft().size
        self._frames = self._frames or None


class Connection:
    """A client. `position` is the number up to which all was sent to it or put in its outbox.

    While it is `live` its workspace's channel brings it events; otherwise it catches up by itself.
    A frame is written at once where the wire takes it, else it waits in the outbox, whose sending
    is a task as long as something waits.
    """

    __slots__ = (
        "__weakref__",
        "_sending",
        "_silence",
        "access_rev",
        "catching_up",
        "credential_id",
        "ended",
        "history",
        "live",
        "mark",
        "outbox",
        "position",
        "viewer",
        "wire",
    )

    def __init__(
        self, viewer: FeedViewer, credential_id: UUID, history: UUID, position: int, wire: Socket
    ) -> None:
        self.viewer = viewer
        self.credential_id = credential_id
        self.history = history
        self.position = position
        self.wire = wire
        self.live = False
        self.mark, self.access_rev = 0, 0
        """Of the viewer's standing as it was read, and at which access revision; 0: not yet."""
        self.outbox = Outbox()
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.catching_up: asyncio.Task[None] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._silence = 0.0

    @property
    def epoch(self) -> str:
        """What the numbers mean to this client."""
        return self.viewer.epoch(self.history)

    def end(self, code: int) -> None:
        """Close it with this code, the first one that was said."""
        self.live = False
        if not self.ended.done():
            self.ended.set_result(code)

    async def stop(self) -> None:
        """End what it does by itself."""
        await cancel_and_wait(
            [task for task in (self.catching_up, self._sending) if task is not None]
        )

    def reset(self, reason: ResetReason, head: int) -> None:
        """Have the client read afresh; what comes then starts behind `head`."""
        self.position = head
        self.put(frames.reset(reason, self.epoch, head))

    def offer(self, frame: Frame) -> bool:
        """Send events, at once or soon, or refuse them: then it has to catch up."""
        if (self.outbox.size or not self.wire.write(frame.wire)) and not self._queue(frame):
            return False
        self.position = frame.seq
        self._silence = 0.0
        return True

    def put(self, frame: Frame) -> None:
        """Send a small frame, room or not."""
        if self.outbox.size or not self.wire.write(frame.wire):
            self._send_soon(frame)
        self._silence = 0.0

    def beat(self) -> None:
        """Called every `BEAT_S`: send a heartbeat where nothing was sent for long."""
        self._silence += BEAT_S
        if self._silence >= HEARTBEAT_S and not self.outbox.size:
            self.put(frames.heartbeat(self.position))

    async def taken(self) -> None:
        """Return when nothing waits any more."""
        if self._sending is not None:
            await asyncio.wait([self._sending])

    def _queue(self, frame: Frame) -> bool:
        if not self.outbox.has_room(frame):
            return False
        self._send_soon(frame)
        return True

    def _send_soon(self, frame: Frame) -> None:
        self.outbox.put(frame)
        if self._sending is None and not self.ended.done():
            self._sending = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        """Send what waits. A client that takes nothing is dropped."""
        try:
            while (frame := self.outbox.first()) is not None:
                async with asyncio.timeout(SEND_S):
                    await self.wire.send(frame)
                self.outbox.drop_first()
        except TimeoutError:
            log.info("dropped a client that takes nothing", member=str(self.viewer.member_id))
            self.end(TOO_SLOW)
        except Exception:  # the client has left, or is being closed
            self.end(GOING_AWAY)
        self._sending = None
