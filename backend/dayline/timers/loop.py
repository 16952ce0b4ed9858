"""The worker's loop for timers: it sleeps until the next one is due, then sweeps.

It works like `kernel/jobs/alarm.py`, but holds a connection for its scanner.
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

import structlog

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs import alarm
from dayline.timers.due_scanner import DueScanner, scanning
from dayline.timers.sweep import sweep_seen

log = structlog.get_logger("dayline.timers")


async def run(
    sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Callable[[UUID], None]
) -> None:
    """Fire due timers until cancelled.

    Setting `woken` makes the loop look again before the sleep ends. `announce` is called with
    each workspace whose timers fired.
    """
    while True:
        try:
            async with scanning(sessions, clock) as scanner:
                await _fire_and_sleep(scanner, sessions, woken, announce)
        except Exception as fault:
            log.warning("timers cannot be read", fault=repr(fault), again_in=alarm.PAUSE_S)
            await asyncio.sleep(alarm.PAUSE_S)


async def _fire_and_sleep(
    scanner: DueScanner,
    sessions: Sessions,
    woken: asyncio.Event,
    announce: Callable[[UUID], None],
) -> None:
    """Fire and sleep until an error occurs."""
    while True:
        woken.clear()
        until_next = await scanner.until_next()
        if alarm.is_due(until_next) and await sweep_seen(scanner, sessions, announce):
            continue  # other timers may have become due meanwhile
        await alarm.sleep(until_next, woken)
