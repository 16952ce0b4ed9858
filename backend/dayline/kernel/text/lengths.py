"""Durations as text, like `3 h 30 min`."""

from functools import reduce

from dayline.core.phrase import Phrase


def length_of(seconds: int) -> Phrase:
    """Return a duration in hours, minutes and seconds, without those that are 0."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        *([Phrase("units.hours", count=hours)] if hours else []),
        *([Phrase("units.minutes", count=minutes)] if minutes else []),
        *([Phrase("units.seconds", count=rest)] if rest or not seconds else []),
    ]
    return reduce(
        lambda larger, smaller: Phrase("units.joined", larger=larger, smaller=smaller), parts
    )
