"""The loop of timers in a worker: sleeps until the next instant, then sweeps.

It needs PostgreSQL alone. A hint that an earlier instant has come makes it quick; without hints
it looks every few seconds.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import structlog

from dayline.kernel.clock import Clock
from dayline.kernel.database import Sessions
from dayline.timers.lookout import Lookout, looking_out
from dayline.timers.sweep import sweep_seen

log = structlog.get_logger("dayline.timers")

LONGEST_SLEEP_S = 5.0
"""How late an instant may be found of which no hint told."""
BETWEEN_HINTS_S = 0.01
"""Many hints in a row are one."""
HELD_S = 0.1
"""How soon it looks again at what others hold."""
PAUSE_S = 0.5
"""How soon it is tried again when PostgreSQL is away."""


async def run(
    sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Callable[[UUID], None]
) -> None:
    """Fire timers until cancelled.

    Set `woken` to say that something may be due earlier; `announce` is told each workspace whose
    timers fired.
    """
    while True:
        try:
            async with looking_out(sessions, clock) as lookout:
                await _fire_and_sleep(lookout, sessions, woken, announce)
        except Exception as fault:
            log.warning("timers cannot be read", fault=repr(fault), again_in=PAUSE_S)
            await asyncio.sleep(PAUSE_S)


async def _fire_and_sleep(
    lookout: Lookout,
    sessions: Sessions,
    woken: asyncio.Event,
    announce: Callable[[UUID], None],
) -> None:
    """Until something fails."""
    while True:
        woken.clear()
        until_next = await lookout.until_next()
        if is_due(until_next) and await sweep_seen(lookout, sessions, announce):
            continue  # others may have become due meanwhile
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
