"""Frames: the JSON messages of the socket, each written once for all who get the same."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from dayline.feed.schemas import EventOut
from dayline.kernel.db.events import EventRow

MOST_BYTES = 64 * 1024
"""A frame is no longer than this, unless a single event is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message ready to be sent, and the number up to which its receiver then knows all."""

    text: str
    seq: int
    size: int
    wire: bytes
    """The same as a WebSocket frame of a server, to be written as it is."""

    @classmethod
    def of(cls, text: str, seq: int) -> "Frame":
        """The frame with this text, which brings a client up to `seq`."""
        data = text.encode()
        return cls(text, seq, len(data), WebSocketFrame(Opcode.TEXT, data).serialize(mask=False))


@dataclass(frozen=True, slots=True)
class Encoded:
    """An event as JSON."""

    seq: int
    text: str
    size: int

    @classmethod
    def of(cls, row: EventRow) -> "Encoded":
        """An event as clients read it."""
        text = EventOut.of(row).model_dump_json()
        return cls(row.seq, text, len(text.encode()))


def hello(epoch: str, seq: int, heartbeat_s: float) -> Frame:
    """The first frame: which history this is, up to which number, and how often a beat comes."""
    return _frame({"type": "hello", "epoch": epoch, "seq": seq, "heartbeat_s": heartbeat_s}, seq)


def reset(reason: str, epoch: str, seq: int) -> Frame:
    """Tells a client to read afresh, and why."""
    return _frame({"type": "reset", "reason": reason, "epoch": epoch, "seq": seq}, seq)


@lru_cache(maxsize=256)
def heartbeat(seq: int) -> Frame:
    """Says that the server is there and that nothing came after `seq`."""
    return _frame({"type": "heartbeat", "seq": seq}, seq)


def _frame(content: dict[str, object], seq: int) -> Frame:
    return Frame.of(json.dumps(content, separators=(",", ":")), seq)


def events(prev: int, seq: int, visible: Iterable[Encoded]) -> Iterator[Frame]:
    """Frames that lead from number `prev` to `seq`: at least one, even where all was withheld."""
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
