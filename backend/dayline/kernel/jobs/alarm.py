"""An alarm in a worker: it sleeps until something is due, then runs it.

It needs only PostgreSQL. A hint that something is due earlier wakes it at once. Without hints it
checks every few seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

log = structlog.get_logger("dayline.alarm")

LONGEST_SLEEP_S = 5.0
"""The most seconds by which something may run late if no hint came."""
BETWEEN_HINTS_S = 0.01
"""Seconds to wait after a hint, so that many hints in a row are handled once."""
HELD_S = 0.1
"""Seconds until the next check, if other processes have locked what is due."""
PAUSE_S = 0.5
"""Seconds until the next try, if PostgreSQL is unavailable."""


async def run_when_due(
    what: str,
    fire: Callable[[], Awaitable[object]],
    next_in: Callable[[], Awaitable[timedelta | None]],
    *,
    woken: asyncio.Event,
) -> None:
    """Run what is due until cancelled.

    `fire` does all that is due now. `next_in` returns the time until the next item, or None if
    nothing waits. Setting `woken` ends the sleep early. `what` names it in the log.
    """
    while True:
        woken.clear()
        try:
            await fire()
            until_next = await next_in()
        except Exception as fault:
            log.warning("what is due cannot be done", of=what, fault=repr(fault), again_in=PAUSE_S)
            until_next = timedelta(seconds=PAUSE_S)
        await sleep(until_next, woken)


async def sleep(until_next: timedelta | None, woken: asyncio.Event) -> None:
    """Sleep until the next instant or until woken, at most `LONGEST_SLEEP_S` seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_seconds(until_next)):  # wait_for may swallow a cancellation
            await woken.wait()
        await asyncio.sleep(BETWEEN_HINTS_S)


def is_due(until_next: timedelta | None) -> bool:
    """Whether the next item is due."""
    return until_next is not None and until_next <= timedelta()


def _seconds(until_next: timedelta | None) -> float:
    """Return how long to sleep. What is still due is locked by others, and checked again soon."""
    if until_next is None:
        return LONGEST_SLEEP_S
    return HELD_S if is_due(until_next) else min(until_next.total_seconds(), LONGEST_SLEEP_S)
