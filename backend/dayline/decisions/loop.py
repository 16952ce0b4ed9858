"""The worker's loop for decisions: it sleeps until the next due instant, then does what is due."""

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
    """Close decisions and record reminders and reviews that are due, until cancelled.

    Set `woken` when something may be due earlier. `announce` is called with the id of each
    workspace in which something was done.
    """
    fire = partial(AGENDA.do_due, sessions, clock, announce)
    await alarm.run_when_due(
        "decisions", fire, partial(AGENDA.next_in, sessions, clock), woken=woken
    )
