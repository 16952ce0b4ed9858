"""The loop of decisions in a worker: sleeps until the next instant, then does what is due."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from dayline.decisions.due import AGENDA
from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs import alarm


async def run(
    sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Callable[[UUID], None]
) -> None:
    """Close decisions, remind of them and of their reviews until cancelled.

    Set `woken` to say that one may be due earlier; `announce` is told each workspace of one.
    """
    fire = partial(AGENDA.do_due, sessions, clock, announce)
    await alarm.run_when_due(
        "decisions", fire, partial(AGENDA.next_in, sessions, clock), woken=woken
    )
