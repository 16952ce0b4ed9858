"""The worker's loop for notify: relays events and sends deliveries. It needs only PostgreSQL."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from uuid import UUID

import structlog

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs.due_queue import TURN, note_failure
from dayline.kernel.jobs.failed_jobs import Queue
from dayline.kernel.ops.outgoing import Outgoing
from dayline.kernel.ops.settings import Settings
from dayline.notify import queue, relay
from dayline.notify.sending import Pace, Sender
from dayline.notify.webhooks import Webhooks

log = structlog.get_logger("dayline.notify")

POLL_S = 1.0
"""How often events are looked for when no hint announces them."""
AT_ONCE = 20
"""The most messages that one worker sends at the same time."""
FINISH_S = 3.0
"""How long messages under way may take to finish when the worker ends."""


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
    loop = Loop(sessions, clock, sender, woken or asyncio.Event(), pace)
    try:
        await loop.run()
    finally:
        await outgoing.close()


class Loop:
    """The work of one worker. Any number of workers share the work."""

    def __init__(
        self, sessions: Sessions, clock: Clock, sender: Sender, woken: asyncio.Event, pace: Pace
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._sender = sender
        self._woken = woken
        self._pace = pace
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Run until cancelled. Messages under way then get FINISH_S seconds to finish."""
        try:
            while True:
                self._woken.clear()
                wait = await self._turn()
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):  # wait_for may swallow a cancellation
                        await self._woken.wait()
        finally:
            await self._finish()

    async def _turn(self) -> float:
        """Relay events and start sending due deliveries. Returns seconds until the next turn."""
        try:
            for workspace_id in await relay.workspaces_to_relay(self._sessions, self._clock):
                await self._attended(Queue.NOTICES, workspace_id, self._relay(workspace_id))
            due = await queue.due(self._sessions, self._clock)
            for workspace_id in due.workspaces:
                await self._attended(
                    Queue.DELIVERIES, workspace_id, self._start_sending(workspace_id)
                )
        except Exception as fault:
            log.warning("deliveries cannot be read", fault=repr(fault))
            return POLL_S
        if due.next_in is None:
            return POLL_S
        return min(due.next_in.total_seconds(), POLL_S)

    async def _attended(self, queue: Queue, workspace_id: UUID, work: Awaitable[None]) -> None:
        """Do the work of one workspace. An error is counted and delays this workspace only."""
        try:
            await work
        except Exception as fault:
            await note_failure(self._sessions, self._clock, queue, workspace_id, fault)

    async def _relay(self, workspace_id: UUID) -> None:
        for _ in range(TURN):
            if not await relay.relay(self._sessions, self._clock, workspace_id):
                break
        for _ in range(TURN):
            again = relay.PASSED_OVER.do_next(self._sessions, self._clock, workspace_id)
            if await again is None:
                break

    async def _start_sending(self, workspace_id: UUID) -> None:
        free = AT_ONCE - len(self._sending)
        if free <= 0:
            return
        claimed = await queue.claim(
            self._sessions, self._clock, workspace_id, most=free, lease=self._pace.lease
        )
        for delivery in claimed:
            task = asyncio.create_task(self._send(delivery))
            self._sending.add(task)
            task.add_done_callback(self._sent)

    async def _send(self, claimed: queue.Claimed) -> None:
        try:
            await self._sender.send(claimed)
        except Exception:
            log.exception("a delivery is left to its lease", delivery=str(claimed.id))

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._woken.set()

    async def _finish(self) -> None:
        if self._sending:
            await asyncio.wait(self._sending, timeout=FINISH_S)
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
