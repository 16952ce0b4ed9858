"""The answer to a question about working time, as lines of text."""

from collections.abc import Iterator

from dayline.cli.worktime.asking import Question, shown
from dayline.core.worktime import Calendar, NoWorkingTime, moment
from dayline.local.fault import Fault


def answer(question: Question) -> Iterator[str]:
    """The lines of the answer: the instant, then the intervals that count. Raises Fault."""
    zone, start = question.zone, question.start
    since = f"{shown(start, zone)} {zone.key}"
    try:
        reached = Calendar(question.schedule).add(start, question.seconds)
    except NoWorkingTime:
        raise Fault(f"There is too little working time in the five years after {since}.") from None
    yield f"From {since}, {length(question.seconds)} of working time have passed on"
    yield f"{shown(reached, zone)} {zone.key} ({moment(reached):%Y-%m-%dT%H:%M:%SZ})."
    yield from _explained(question, reached)


def length(seconds: int) -> str:
    """A duration as text, like `3 h 30 min`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 h"


def _explained(question: Question, reached: int) -> Iterator[str]:
    counted = Calendar(question.schedule).intervals(question.start, reached)
    if not counted:
        return
    yield "Counted:"
    for start, end in counted:
        both = f"{shown(start, question.zone)} to {shown(end, question.zone)}"
        yield f"  {both}: {length(end - start)}"
