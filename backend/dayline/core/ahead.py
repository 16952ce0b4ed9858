"""Checking instants that people choose: a promise, an input deadline, a time to send."""

from datetime import datetime, timedelta

FARTHEST = timedelta(days=90)


def refusal_of_instant(at: datetime, now: datetime) -> str | None:
    """Return why an instant can't be chosen, as an error's reason.

    None if it is in the future and at most 90 days ahead.
    """
    if at <= now:
        return "must lie in the future"
    if at > now + FARTHEST:
        return f"must be at most {FARTHEST.days} days ahead"
    return None
