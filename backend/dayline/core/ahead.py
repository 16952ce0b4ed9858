"""Instants that people choose: a promise, a deadline for input, when a message is sent."""

from datetime import datetime, timedelta

FARTHEST = timedelta(days=90)


def refusal_of_instant(at: datetime, now: datetime) -> str | None:
    """Why an instant cannot be chosen, as a problem says it; None where it lies in the future and
    at most 90 days ahead.
    """
    if at <= now:
        return "must lie in the future"
    if at > now + FARTHEST:
        return f"must be at most {FARTHEST.days} days ahead"
    return None
