"""Backing off: pauses that double while something fails again and again."""

import asyncio


class Backoff:
    """The pauses between attempts, in seconds: from `first` on twice as long each time, at most
    `longest`.
    """

    def __init__(self, first: float, longest: float) -> None:
        self._first, self._longest = first, longest
        self.pause = first
        """How long the next pause is."""

    def reset(self) -> None:
        """It went well: the next pause is the first one again."""
        self.pause = self._first

    def take(self) -> float:
        """The next pause; the one after it is longer."""
        pause = self.pause
        self.pause = min(pause * 2, self._longest)
        return pause

    async def wait(self) -> None:
        """Sleep for the next pause."""
        await asyncio.sleep(self.take())
