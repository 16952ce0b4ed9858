"""A worker's loop of an outbox: it turns events into deliveries and sends them.

It needs only PostgreSQL. Any number of workers share the work.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import structlog

from dayline.kernel.db.clock import Clock
from dayline.kernel.db.database import Sessions
from dayline.kernel.jobs.due_queue import Announce, note_failure
from dayline.kernel.jobs.event_consumer import EventConsumer
from dayline.kernel.jobs.failed_jobs import Queue
from dayline.kernel.jobs.outbox import Claim, Due

log = structlog.get_logger("dayline.outbox")

POLL_S = 1.0
"""How often events are looked for when no hint announces them."""
AT_ONCE = 20
"""The most messages that one worker sends at the same time."""
FINISH_S = 3.0
"""How long messages under way may take to finish when the worker ends."""

T = TypeVar("T", bound=Claim)


class Outbox(Protocol[T]):
    """The deliveries that a loop sends. `queue` is where failures of a workspace are counted."""

    queue: Queue

    async def due(self) -> Due:
        """The workspaces with due deliveries."""

    async def claim(self, workspace_id: UUID, most: int) -> Sequence[T]:
        """Claim up to `most` due deliveries of a workspace."""

    async def send(self, claimed: T) -> object:
        """Make one attempt and store its outcome."""


def _nobody(_workspace_id: UUID) -> None: ...


class OutboxLoop(Generic[T]):
    """The work of one worker. Set `woken` when there is something new.

    `announce` is called with each workspace whose events were handled, after the commit.
    """

    def __init__(
        self,
        sessions: Sessions,
        clock: Clock,
        *,
        consumer: EventConsumer,
        outbox: Outbox[T],
        woken: asyncio.Event,
        announce: Announce = _nobody,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._consumer = consumer
        self._outbox = outbox
        self._woken = woken
        self._announce = announce
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
        """Handle events and start sending due deliveries. Returns seconds until the next turn."""
        try:
            consumer = self._consumer
            for workspace_id in await consumer.workspaces(self._sessions, self._clock):
                turn = consumer.take_turn(self._sessions, self._clock, workspace_id)
                await self._attended(consumer.queue, workspace_id, turn)
                self._announce(workspace_id)
            due = await self._outbox.due()
            for workspace_id in due.workspaces:
                sending = self._start_sending(workspace_id)
                await self._attended(self._outbox.queue, workspace_id, sending)
        except Exception as fault:
            log.warning("deliveries cannot be read", of=self._consumer.name, fault=repr(fault))
            return POLL_S
        return _seconds(due.next_in)

    async def _attended(self, queue: Queue, workspace_id: UUID, work: Awaitable[None]) -> None:
        """Do the work of one workspace. An error is counted and delays this workspace only."""
        try:
            await work
        except Exception as fault:
            await note_failure(self._sessions, self._clock, queue, workspace_id, fault)

    async def _start_sending(self, workspace_id: UUID) -> None:
        free = AT_ONCE - len(self._sending)
        if free <= 0:
            return
        for delivery in await self._outbox.claim(workspace_id, free):
            task = asyncio.create_task(self._send(delivery))
            self._sending.add(task)
            task.add_done_callback(self._sent)

    async def _send(self, claimed: T) -> None:
        try:
            await self._outbox.send(claimed)
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


def _seconds(next_in: timedelta | None) -> float:
    return POLL_S if next_in is None else min(next_in.total_seconds(), POLL_S)
