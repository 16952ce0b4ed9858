"""The event of an import: one, however much was imported."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.transfer.models import Source


class ImportFinished(Event):
    """An import finished. It records no other events, and every client is reset."""

    kind: ClassVar[str] = "import.finished"
    source: Source
    members: int
    projects: int
    topics: int
    messages: int
    asks: int
    answers: int
    decisions: int
