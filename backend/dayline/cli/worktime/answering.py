"""The answer to a question about working time, as lines of text."""

from collections.abc import Iterator

from dayline.cli.worktime.asking import Question, shown
from dayline.core.phrase import Phrase
from dayline.core.worktime import Calendar, NoWorkingTime, moment
from dayline.kernel.ops.fault import Fault
from dayline.kernel.text.lengths import length_of


def answer(question: Question) -> Iterator[Phrase]:
    """The lines of the answer: the instant, then the intervals that count. Raises Fault."""
    zone, start = question.zone, question.start
    since = shown(start, zone)
    try:
        reached = Calendar(question.schedule).add(start, question.seconds)
    except NoWorkingTime:
        raise Fault(Phrase("commands.no-working-time", start=since)) from None
    utc = f"{moment(reached):%Y-%m-%dT%H:%M:%SZ}"
    yield Phrase("commands.due", due=shown(reached, zone), zone=zone.key, utc=utc)
    yield Phrase("commands.due-after", length=length_of(question.seconds), start=since)
    yield from _explained(question, reached)


def _explained(question: Question, reached: int) -> Iterator[Phrase]:
    counted = Calendar(question.schedule).intervals(question.start, reached)
    if not counted:
        return
    yield Phrase("commands.counted")
    for start, end in counted:
        yield Phrase(
            "commands.counted-interval",
            start=shown(start, question.zone),
            end=shown(end, question.zone),
            length=length_of(end - start),
        )
