"""Frames: the JSON messages of the socket, each encoded once for all who receive it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from dayline.feed.schemas import EventOut
from dayline.kernel.db.events import EventRow

MOST_BYTES = 64 * 1024
"""The most bytes in a frame, unless a single event is larger."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An encoded message. After it, its receiver has everything up to `seq`."""

    text: str
    seq: int
    size: int
    wire: bytes
    """The text as a complete WebSocket frame, ready to be written to the transport."""

    @classmethod
    def of(cls, text: str, seq: int) -> "Frame":
        """Encode a frame of this text."""
        data = text.encode()
        return cls(text, seq, len(data), WebSocketFrame(Opcode.TEXT, data).serialize(mask=False))


@dataclass(frozen=True, slots=True)
class Encoded:
    """An event encoded as JSON. `size` is in bytes."""

    seq: int
    text: str
    size: int

    @classmethod
    def of(cls, row: EventRow) -> "Encoded":
        """Encode an event as clients receive it."""
        text = EventOut.of(row).model_dump_json()
        return cls(row.seq, text, len(text.encode()))


def hello(epoch: str, seq: int, heartbeat_s: float) -> Frame:
    """Return the first frame: the epoch, the start position, and the heartbeat interval."""
    return _frame({"type": "hello", "epoch": epoch, "seq": seq, "heartbeat_s": heartbeat_s}, seq)


def reset(reason: str, epoch: str, seq: int) -> Frame:
    """Return the frame that tells a client to read the snapshot again, and why."""
    return _frame({"type": "reset", "reason": reason, "epoch": epoch, "seq": seq}, seq)


@lru_cache(maxsize=256)
def heartbeat(seq: int) -> Frame:
    """Return the frame that says that the server is alive and nothing follows `seq`."""
    return _frame({"type": "heartbeat", "seq": seq}, seq)


def _frame(content: dict[str, object], seq: int) -> Frame:
    return Frame.of(json.dumps(content, separators=(",", ":")), seq)


def events(prev: int, seq: int, visible: Iterable[Encoded]) -> Iterator[Frame]:
    """Yield the frames that lead from `prev` to `seq`. At least one, even if it has no events."""
    room, held = MOST_BYTES - 128, list[Encoded]()
    for event in visible:
        if held and event.size + 1 > room:
            yield _events(prev, held[-1].seq, held)
            prev, room, held = held[-1].seq, MOST_BYTES - 128, []
        held.append(event)
        room -= event.size + 1
    yield _events(prev, seq, held)


def _events(prev: int, seq: int, held: list[Encoded]) -> Frame:
    listed = ",".join(event.text for event in held)
    return Frame.of(f'{{"type":"events","prev":{prev},"seq":{seq},"events":[{listed}]}}', seq)
