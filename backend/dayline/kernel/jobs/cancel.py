"""Cancelling background tasks reliably."""

import asyncio
from collections.abc import Collection

INSIST_S = 0.5


async def cancel_and_wait(tasks: Collection[asyncio.Task[None]]) -> None:
    """Cancel tasks repeatedly until they are done, as a library may swallow a cancellation."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=INSIST_S)
