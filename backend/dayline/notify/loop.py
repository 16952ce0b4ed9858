"""The worker's loop for notify: relays events and sends deliveries. It needs only PostgreSQL."""

import asyncio
from uuid import UUID

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs import outbox
from dayline.kernel.jobs.failed_jobs import Queue
from dayline.kernel.jobs.outbox import Due
from dayline.kernel.jobs.outbox_loop import OutboxLoop
from dayline.kernel.ops.outgoing import Outgoing
from dayline.kernel.ops.settings import Settings
from dayline.notify import queue
from dayline.notify.queue import Claimed
from dayline.notify.relay import RELAY
from dayline.notify.sending import Pace, Sender
from dayline.notify.webhooks import Webhooks


async def run(
    sessions: Sessions,
    clock: Clock,
    settings: Settings,
    *,
    woken: asyncio.Event | None = None,
    pace: Pace | None = None,
    seconds: float = 10,
) -> None:
    """Relay events and send deliveries until cancelled. Set `woken` when there is something new.

    `seconds` limits one exchange with Slack. If PostgreSQL is unavailable, it continues as soon as
    possible.
    """
    pace = pace or Pace()
    webhooks = Webhooks(settings)
    outgoing = Outgoing(webhooks.hosts, seconds=seconds)
    sender = Sender(
        sessions,
        clock,
        webhooks=webhooks,
        outgoing=outgoing,
        origin=settings.origin,
        pace=pace,
    )
    loop = OutboxLoop(
        sessions,
        clock,
        consumer=RELAY,
        outbox=SlackOutbox(sessions, clock, sender, pace),
        woken=woken or asyncio.Event(),
    )
    try:
        await loop.run()
    finally:
        await outgoing.close()


class SlackOutbox:
    """The deliveries to Slack."""

    queue = Queue.DELIVERIES

    def __init__(self, sessions: Sessions, clock: Clock, sender: Sender, pace: Pace) -> None:
        self._sessions = sessions
        self._clock = clock
        self._sender = sender
        self._pace = pace

    async def due(self) -> Due:
        """The workspaces with due deliveries."""
        return await outbox.due(self._sessions, self._clock, queue.DUE)

    async def claim(self, workspace_id: UUID, most: int) -> list[Claimed]:
        """Claim up to `most` due deliveries of a workspace."""
        return await queue.claim(
            self._sessions, self._clock, workspace_id, most=most, lease=self._pace.lease
        )

    async def send(self, claimed: Claimed) -> object:
        """Make one attempt and store its outcome."""
        return await self._sender.send(claimed)
