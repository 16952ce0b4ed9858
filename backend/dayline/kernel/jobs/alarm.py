"""An alarm clock in a worker: sleeps until something is due, then has it done.

It needs PostgreSQL alone. A hint that an earlier instant has come makes it quick; without hints
it looks every few seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

log = structlog.get_logger("dayline.alarm")

LONGEST_SLEEP_S = 5.0
"""How late an instant may be found of which no hint told."""
BETWEEN_HINTS_S = 0.01
"""Many hints in a row are one."""
HELD_S = 0.1
"""How soon it looks again at what others hold."""
PAUSE_S = 0.5
"""How soon it is tried again when PostgreSQL is away."""


async def run_when_due(
    what: str,
    fire: Callable[[], Awaitable[object]],
    next_in: Callable[[], Awaitable[timedelta | None]],
    *,
    woken: asyncio.Event,
) -> None:
    """Do what is due until cancelled.

    `fire` does all that is due now, `next_in` says in how long the next is (None: nothing waits).
    Set `woken` to say that something may be due earlier. `what` names it in the log.
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
    """Sleep until the next instant, or until told of an earlier one; never for long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_seconds(until_next)):  # wait_for may swallow a cancellation
            await woken.wait()
        await asyncio.sleep(BETWEEN_HINTS_S)


def is_due(until_next: timedelta | None) -> bool:
    """Whether the next instant has come."""
    return until_next is not None and until_next <= timedelta()


def _seconds(until_next: timedelta | None) -> float:
    """How long to sleep; what is due already is held by somebody, and looked at again soon."""
    if until_next is None:
        return LONGEST_SLEEP_S
    return HELD_S if is_due(until_next) else min(until_next.total_seconds(), LONGEST_SLEEP_S)
