"""Checking instants that people choose: a promise, an input deadline, a time to send."""

from datetime import datetime, timedelta

from dayline.core.phrase import Phrase

FARTHEST = timedelta(days=90)


def refusal_of_instant(at: datetime, now: datetime) -> Phrase | None:
    """Return why an instant can't be chosen, as an error's reason.

    None if it is in the future and at most 90 days ahead.
    """
    if at <= now:
        return Phrase("fields.in-future")
    if at > now + FARTHEST:
        return Phrase("fields.days-ahead", days=FARTHEST.days)
    return None
