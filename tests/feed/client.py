"""What a client of the feed does with each frame: a state machine without any I/O.

Written for client authors to follow (docs/feed.md), and for tests to hold against the server.
"""

from enum import Enum, auto
from typing import Any

from tests.feed.reduce import Document, apply_all

MOST_HELD = 1000


class Next(Enum):
    """What the client has to do now."""

    LISTEN = auto()  # take the next frame
    REFETCH = auto()  # get a snapshot and give it to `take_snapshot`, the socket stays open
    RESUME = auto()  # open a new socket with `resume_from`


class FeedClient:
    """Holds the state and follows the feed; `state` is None until the first snapshot."""

    def __init__(self) -> None:
        self.state: Document | None = None
        self._stream_epoch: str | None = None
        self._awaiting_snapshot = True
        self._held: list[Document] = []

    @property
    def seq(self) -> int:
        """The number up to which the state knows everything."""
        return -1 if self.state is None else int(self.state["seq"])

    def resume_from(self) -> dict[str, Any]:
        """The query of a new socket; call it when opening one, for it forgets the old one."""
        self._stream_epoch, self._held = None, []
        self._awaiting_snapshot = self.state is None
        if self.state is None:
            return {}
        return {"epoch": self.state["epoch"], "since": self.state["seq"]}

    def take_snapshot(self, snapshot: Document) -> Next:
        """Start over from a snapshot, then from what was said meanwhile."""
        self.state, self._awaiting_snapshot = snapshot, False
        held, self._held = self._held, []
        if self._stream_epoch is None:
            return Next.RESUME
        if snapshot["epoch"] != self._stream_epoch:
            return Next.RESUME  # access changed again: only a new socket says which is the latest
        for frame in held:
            if self.take(frame) is not Next.LISTEN:
                return Next.RESUME
        return Next.LISTEN

    def take(self, frame: Document) -> Next:
        """Follow one frame of the socket."""
        match frame["type"]:
            case "hello":
                return self._begin(frame)
            case "reset":
                self._stream_epoch, self._held = frame["epoch"], []
                self._awaiting_snapshot = True
                return Next.REFETCH
            case "events":
                return self._follow(frame)
            case "heartbeat":
                known = self._awaiting_snapshot or frame["seq"] <= self.seq
                return Next.LISTEN if known else Next.RESUME
            case _:
                return Next.LISTEN

    def _begin(self, frame: Document) -> Next:
        self._stream_epoch = frame["epoch"]
        return Next.REFETCH if self._awaiting_snapshot else Next.LISTEN

    def _follow(self, frame: Document) -> Next:
        if self._awaiting_snapshot:
            self._held.append(frame)
            return Next.LISTEN if len(self._held) <= MOST_HELD else Next.RESUME
        if self.state is None or frame["prev"] > self.seq:
            return Next.RESUME
        fresh = [event for event in frame["events"] if event["seq"] > self.seq]
        after = apply_all(self.state, fresh)
        self.state = {**after, "seq": max(self.seq, frame["seq"])}
        return Next.LISTEN
