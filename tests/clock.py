"""A clock that tests move."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 5, 18, 7, 0, tzinfo=UTC)


class MovableClock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def read(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        """Move on by `timedelta(**by)`; the new instant."""
        self.now += timedelta(**by)
        return self.now
