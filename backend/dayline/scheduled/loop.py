"""The worker's loop for scheduled messages: it sleeps until the next is due, then sends."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs import alarm
from dayline.scheduled.sending import AGENDA


async def run(
    sessions: Sessions, clock: Clock, *, woken: asyncio.Event, announce: Callable[[UUID], None]
) -> None:
    """Send due messages until cancelled.

    Set `woken` when a message may be due earlier. `announce` is called with the id of each
    workspace in which one was sent.
    """
    fire = partial(AGENDA.do_due, sessions, clock, announce)
    await alarm.run_when_due(
        "messages", fire, partial(AGENDA.next_in, sessions, clock), woken=woken
    )
