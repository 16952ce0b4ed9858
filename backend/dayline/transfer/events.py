"""The event of an import: one, however much was imported."""

from typing import ClassVar

from dayline.kernel.db.events import Event
from dayline.transfer.models import Source


class ImportFinished(Event):
    """An import finished, with its counts. It replaces the single events. Every client is reset."""

    kind: ClassVar[str] = "import.finished"
    source: Source
    members: int
    projects: int
    topics: int
    messages: int
    asks: int
    answers: int
    decisions: int
