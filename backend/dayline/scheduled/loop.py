"""The loop of scheduled messages in a worker: sleeps until the next instant, then sends."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from dayline.kernel import alarm
from dayline.kernel.clock import Clock
from dayline.kernel.database import Sessions
from dayline.scheduled.sending import AGENDA


async def run(
    sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Callable[[UUID], None]
) -> None:
    """Send messages until cancelled.

    Set `woken` to say that one may be due earlier; `announce` is told each workspace of one.
    """
    fire = partial(AGENDA.do_due, sessions, clock, announce)
    await alarm.ring("messages", fire, partial(AGENDA.next_in, sessions, clock), woken=woken)
