"""The worker's loop for notices: it turns events into notices, and delivers what is due."""

import asyncio
from collections.abc import Collection

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs.due_queue import Announce
from dayline.kernel.jobs.outbox_loop import OutboxLoop
from dayline.notices.channels import Channel
from dayline.notices.consumer import notices_consumer
from dayline.notices.outbox import NoticeOutbox, Pace


async def run(
    sessions: Sessions,
    clock: Clock,
    channels: Collection[Channel],
    *,
    woken: asyncio.Event,
    announce: Announce,
    pace: Pace | None = None,
) -> None:
    """Make and deliver notices until cancelled. Set `woken` when there is something new.

    `announce` is called with each workspace whose events were handled, after the commit.
    """
    loop = OutboxLoop(
        sessions,
        clock,
        consumer=notices_consumer(channels),
        outbox=NoticeOutbox(sessions, clock, channels, pace),
        woken=woken,
        announce=announce,
    )
    await loop.run()
