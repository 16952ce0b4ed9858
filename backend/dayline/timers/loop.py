"""The loop of timers in a worker: sleeps until the next instant, then sweeps."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from dayline.kernel import alarm
from dayline.kernel.clock import Clock
from dayline.kernel.database import Sessions
from dayline.timers.lookout import Lookout, looking_out
from dayline.timers.sweep import sweep


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
                await _fire_and_sleep(lookout, sessions, clock, woken, announce)
        except Exception as fault:
            log.warning("timers cannot be read", fault=repr(fault), again_in=PAUSE_S)
            await asyncio.sleep(PAUSE_S)


async def _fire_and_sleep(
    lookout: Lookout,
    sessions: Sessions,
    clock: Clock,
    woken: asyncio.Event,
    announce: Callable[[UUID], None],
) -> None:
    """Until something fails."""
    while True:
        woken.clear()
        until_next = await lookout.until_next()
        if is_due(until_next):
            await sweep(sessions, clock, announce)
            until_next = await lookout.until_next()
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
