"""The loop of decisions in a worker: sleeps until the next instant, then does what is due."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from dayline.decisions.due import AGENDA
from dayline.kernel import alarm
from dayline.kernel.clock import Clock
from dayline.kernel.database import Sessions


async def run(
    sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Callable[[UUID], None]
) -> None:
    """Close decisions, remind of them and of their reviews until cancelled.

    Set `woken` to say that one may be due earlier; `announce` is told each workspace of one.
    """
    fire = partial(AGENDA.do_due, sessions, clock, announce)
    await alarm.ring("decisions", fire, partial(AGENDA.next_in, sessions, clock), woken=woken)
