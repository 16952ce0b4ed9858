"""The loop of notify in a worker: relays events and sends deliveries. It needs PostgreSQL alone."""

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
"""How soon an event is found of which no hint tells."""
AT_ONCE = 20
"""Messages on their way from one worker."""
FINISH_S = 3.0
"""How long what is on its way may still finish when the worker ends."""


async def run(
    sessions: Sessions,
    clock: Clock,
    settings: Settings,
    *,
    woken: asyncio.Event | None = None,
    pace: Pace | None = None,
    seconds: float = 10,
) -> None:
    """Relay and send until cancelled; set `woken` to say that there is something new.

    `seconds` bounds one exchange with Slack. When PostgreSQL is away it goes on as soon as it is
    back.
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
    """What runs when, in one worker; any number of workers share the work."""

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
        """Turn until cancelled; what is on its way then gets a moment to finish."""
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
        """Relay, and start sending what is due; the seconds until something may be due again."""
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
        """Do one workspace's work; its fault keeps no other from theirs, and makes it wait."""
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
