"""One client of the feed: what it sees, its position, and its outbox."""

import asyncio
from collections import deque
from uuid import UUID

import structlog

from dayline.context.audience import EventViewer
from dayline.feed import frames
from dayline.feed.frames import Frame
from dayline.feed.resume import ResetReason
from dayline.feed.wire import Socket
from dayline.kernel.jobs.cancel import cancel_and_wait

log = structlog.get_logger("dayline.feed")

HEARTBEAT_S = 5
BEAT_S = 0.5
"""The interval, in seconds, at which connections are checked for a due heartbeat."""

SEND_S = 8
"""Seconds after which a client that accepts no data is dropped.

So it is dropped at most 15 s after its heartbeat was due."""

MOST_QUEUED = 128 * 1024
"""The most bytes in an outbox. With the server's buffer (64 KB and a frame), it is 256 KB."""

ACCESS_ENDED, TOO_SLOW, GOING_AWAY = 4401, 4408, 1012


class Outbox:
    """Frames that wait to be sent, limited in bytes. A frame counts until it has been sent."""

    __slots__ = ("_frames", "size")

    def __init__(self) -> None:
        self.size = 0
        self._frames: deque[Frame] | None = None  # most connections never need a queue

    def has_room(self, frame: Frame) -> bool:
        """Whether the frame fits. An empty outbox accepts any frame."""
        return not self.size or self.size + frame.size <= MOST_QUEUED

    def put(self, frame: Frame) -> None:
        """Append a frame."""
        self._frames = self._frames or deque()
        self._frames.append(frame)
        self.size += frame.size

    def first(self) -> Frame | None:
        """Return the next frame to send, or None."""
        return self._frames[0] if self._frames else None

    def drop_first(self) -> None:
        """Remove the first frame, which has been sent."""
        assert self._frames is not None  # noqa: S101
        self.size -= self._frames.popleft().size
        self._frames = self._frames or None


class Connection:
    """A client. Everything up to `position` has been sent to it or is in its outbox.

    While it is `live`, its workspace's channel sends it events. Otherwise it catches up on its own.
    A frame is written directly if the transport can take it. If not, it waits in the outbox, which
    a background task sends.
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
        self, viewer: EventViewer, credential_id: UUID, history: UUID, position: int, wire: Socket
    ) -> None:
        self.viewer = viewer
        self.credential_id = credential_id
        self.history = history
        self.position = position
        self.wire = wire
        self.live = False
        self.mark, self.access_rev = 0, 0
        """A hash of the viewer's access, and the access revision of that read. 0: not yet."""
        self.outbox = Outbox()
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.catching_up: asyncio.Task[None] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._silence = 0.0

    @property
    def epoch(self) -> str:
        """The epoch of this client's sequence numbers."""
        return self.viewer.epoch(self.history)

    def end(self, code: int) -> None:
        """Close the connection with this code. Only the first call counts."""
        self.live = False
        if not self.ended.done():
            self.ended.set_result(code)

    async def stop(self) -> None:
        """Cancel the connection's background tasks, and wait for them."""
        await cancel_and_wait(
            [task for task in (self.catching_up, self._sending) if task is not None]
        )

    def reset(self, reason: ResetReason, head: int) -> None:
        """Tell the client to read the snapshot again. Later events follow `head`."""
        self.position = head
        self.put(frames.reset(reason, self.epoch, head))

    def offer(self, frame: Frame) -> bool:
        """Send or queue a frame of events. Return False if there is no room: then catch up."""
        if (self.outbox.size or not self.wire.write(frame.wire)) and not self._queue(frame):
            return False
        self.position = frame.seq
        self._silence = 0.0
        return True

    def put(self, frame: Frame) -> None:
        """Send or queue a small frame, even if the outbox is full."""
        if self.outbox.size or not self.wire.write(frame.wire):
            self._send_soon(frame)
        self._silence = 0.0

    def beat(self) -> None:
        """Send a heartbeat if nothing was sent for `HEARTBEAT_S`. Call it every `BEAT_S`."""
        self._silence += BEAT_S
        if self._silence >= HEARTBEAT_S and not self.outbox.size:
            self.put(frames.heartbeat(self.position))

    async def taken(self) -> None:
        """Wait until the outbox is empty."""
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
        """Send the queued frames. Closes the connection if the client accepts nothing in time."""
        try:
            while (frame := self.outbox.first()) is not None:
                async with asyncio.timeout(SEND_S):
                    await self.wire.send(frame)
                self.outbox.drop_first()
        except TimeoutError:
            log.info("dropped a client that takes nothing", member=str(self.viewer.member_id))
            self.end(TOO_SLOW)
        except Exception:  # the client has left, or the socket is closing
            self.end(GOING_AWAY)
        self._sending = None
