"""Exponential backoff between attempts."""

import asyncio


class Backoff:
    """The pauses between attempts, in seconds, doubling from `first` to at most `longest`."""

    def __init__(self, first: float, longest: float) -> None:
        self._first, self._longest = first, longest
        self.pause = first
        """The length of the next pause, in seconds."""

    def reset(self) -> None:
        """Start again with the shortest pause, after a success."""
        self.pause = self._first

    def take(self) -> float:
        """Return the next pause, and double the one after it."""
        pause = self.pause
        self.pause = min(pause * 2, self._longest)
        return pause

    async def wait(self) -> None:
        """Sleep for the next pause."""
        await asyncio.sleep(self.take())
