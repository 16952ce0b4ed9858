"""The loop of timers in a worker: sleeps until the next instant, then sweeps."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from dayline.kernel import alarm
from dayline.kernel.clock import Clock
from dayline.kernel.database import Sessions
from dayline.timers import sweep


async def run(
    sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Callable[[UUID], None]
) -> None:
    """Fire timers until cancelled.

    Set `woken` to say that something may be due earlier; `announce` is told each workspace whose
    timers fired.
    """
    fire = partial(sweep.sweep, sessions, clock, announce)
    await alarm.ring("timers", fire, partial(sweep.next_in, sessions, clock), woken=woken)
