"""What happens when a past is brought: one event, however much came."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.transfer.models import Source


class ImportFinished(Event):
    """A past was imported, so much of it; nothing else tells of it. Every client is reset."""

    kind: ClassVar[str] = "import.finished"
    source: Source
    members: int
    projects: int
    topics: int
    messages: int
    asks: int
    answers: int
    decisions: int
