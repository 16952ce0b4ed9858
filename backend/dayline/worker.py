"""The worker process: everything that happens without a request. Only this module imports arq."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC
from typing import Any
from uuid import UUID

import structlog
from arq import Worker, cron
from arq.connections import RedisSettings
from redis.exceptions import RedisError

from dayline import __version__
from dayline.attachments import housekeeping as attachments
from dayline.calendars.refreshing import refresh_holidays
from dayline.decisions.due import DUE_QUEUE as DECISIONS
from dayline.feed.hints import Hints
from dayline.hooks import register_hooks
from dayline.kernel.db.clock import Clock, DatabaseClock
from dayline.kernel.db.database import Sessions, create_engine, create_sessions
from dayline.kernel.http import idempotency
from dayline.kernel.jobs import failed_jobs
from dayline.kernel.jobs.backoff import Backoff
from dayline.kernel.jobs.cancel import cancel_and_wait
from dayline.kernel.ops import logging
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text import zones
from dayline.members import housekeeping
from dayline.notices import loop as notices_loop
from dayline.notices import outbox as notice_deliveries
from dayline.notices import retention as old_notices
from dayline.notices.channels import Channel
from dayline.notify import loop as notify_loop
from dayline.notify import queue
from dayline.scheduled.sending import DUE_QUEUE as MESSAGES
from dayline.timers import loop as timers_loop
from dayline.timers import recalculation
from dayline.timers.sweep import SIDE_BY_SIDE, sweep

log = structlog.get_logger(__name__)

Housekeeping = Callable[[Sessions, Clock], Awaitable[int]]
"""Deletes expired rows and returns their number."""

HOUSEKEEPING: dict[str, Housekeeping] = {
    "accounts": housekeeping.prune,
    "idempotency keys": idempotency.RETENTION.prune,
    "failed jobs": failed_jobs.RETENTION.prune,
    "deliveries": queue.RETENTION.prune,
    "notices": old_notices.prune,
    "deliveries of notices": notice_deliveries.RETENTION.prune,
}

CHANNELS: tuple[Channel, ...] = ()
"""The channels that tell members of their notices outside of the app."""

Announce = Callable[[UUID], None]
"""Called with the id of each workspace for which this process has committed events."""

SWEEP_SECONDS = set(range(0, 60, 5))

_SETTLED_S = 60.0
"""A part that ran for so many seconds restarts without a longer pause."""


def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM."""
    logging.configure(settings.log_level)
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(main(settings))


async def main(settings: Settings) -> None:
    """Run all parts of the worker concurrently. A part whose server is unavailable stops no other.

    Timers have their own database connections, so that nothing else delays them.
    """
    _cancel_on_signals()
    register_hooks()
    log.info("working", version=__version__, tzdata=zones.VERSION)
    clock = DatabaseClock()
    alarm, post, news = asyncio.Event(), asyncio.Event(), asyncio.Event()
    deadlines, notices = asyncio.Event(), asyncio.Event()

    def heard(_workspace_id: UUID) -> None:
        alarm.set()
        post.set()
        deadlines.set()
        news.set()
        notices.set()

    hints = Hints(settings.redis_url or "", heard)

    def announce(workspace_id: UUID) -> None:
        news.set()
        notices.set()
        hints.tell(workspace_id)

    async with _database(settings, 5) as sessions, _database(settings, SIDE_BY_SIDE + 1) as own:
        loops = (
            DECISIONS.run(sessions, clock, woken=deadlines, announce=announce),
            follow_zones(sessions, clock),
            keep_jobs_running(settings, sessions, announce),
            notify_loop.run(sessions, clock, settings, woken=news),
            notices_loop.run(sessions, clock, CHANNELS, woken=notices, announce=hints.tell),
            MESSAGES.run(sessions, clock, woken=post, announce=announce),
            timers_loop.run(own, clock, woken=alarm, announce=announce),
        )
        await side_by_side([*hints.start(), *map(asyncio.create_task, loops)])


async def side_by_side(parts: Collection[asyncio.Task[None]]) -> None:
    """Run all until this is cancelled or one fails. Then cancel the others and wait for them."""
    try:
        done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_EXCEPTION)
        for part in done:
            part.result()
    finally:
        await cancel_and_wait(parts)


async def follow_zones(sessions: Sessions, clock: Clock) -> None:
    """Move the timers that were computed with older zone data. Retries until PostgreSQL answers."""
    backoff = Backoff(5.0, 600.0)
    while True:
        try:
            moved = await recalculation.follow_zones_everywhere(sessions, clock)
        except Exception as fault:
            log.warning("zones cannot be followed", fault=repr(fault), again_in=backoff.pause)
            await backoff.wait()
        else:
            log.info("followed zones", tzdata=zones.VERSION, timers=moved)
            return


@asynccontextmanager
async def _database(settings: Settings, connections: int) -> AsyncIterator[Sessions]:
    engine = create_engine(settings.database_url or "", pool_size=connections)
    try:
        yield create_sessions(engine)
    finally:
        await engine.dispose()


async def keep_jobs_running(settings: Settings, sessions: Sessions, announce: Announce) -> None:
    """Run arq, and restart it whenever it ends, as it does when Valkey is unavailable."""
    backoff, loop = Backoff(0.5, 5.0), asyncio.get_running_loop()
    while True:
        started_at = loop.time()
        worker = create_worker(settings, sessions, announce)
        try:
            await worker.async_run()
        except Exception as error:
            log.warning("jobs stopped", error=repr(error), again_in=backoff.pause)
        finally:
            await _close(worker)
        if loop.time() - started_at > _SETTLED_S:
            backoff.reset()
        await backoff.wait()


def create_worker(settings: Settings, sessions: Sessions, announce: Announce) -> Worker:
    """Create an arq worker.

    Jobs are short, because a killed worker's job is retried only after the longest timeout. No
    results are kept, because arq silently refuses a new job with the id of a kept result.
    """
    return Worker(
        cron_jobs=[
            cron(sweep_timers, second=SWEEP_SECONDS, timeout=30, keep_result=0, max_tries=1),
            cron(prune_expired, minute=17, timeout=60, keep_result=0, max_tries=1),
            cron(prune_files, minute={7, 22, 37, 52}, timeout=60, keep_result=0, max_tries=1),
            cron(renew_holidays, hour=3, minute=41, timeout=60, keep_result=0, max_tries=1),
        ],
        redis_settings=replace(RedisSettings.from_dsn(settings.redis_url or ""), conn_retries=1),
        on_startup=log_start,
        handle_signals=False,
        job_timeout=30,
        job_serializer=as_json,
        job_deserializer=json.loads,
        keep_result=0,
        timezone=UTC,
        ctx={
            "sessions": sessions,
            "announce": announce,
            "files": FileStore(settings.files_folder),
        },
    )


def as_json(job: dict[str, Any]) -> bytes:
    """A job as JSON. arq's default is pickle, which runs code when it is read."""
    return json.dumps(job, default=repr).encode()


def log_work(what: str, *, part: str | None = None, **done: int) -> None:
    """Log what a job did, at debug level if it did nothing."""
    write = log.info if any(done.values()) else log.debug
    write(what, **done, **({} if part is None else {"part": part}))


async def log_start(ctx: dict[Any, Any]) -> None:
    """Log that jobs started, also after Valkey was unavailable."""
    log.info("jobs started")


async def sweep_timers(ctx: dict[Any, Any]) -> None:
    """Fire due timers that the timers' loop missed."""
    await sweep(ctx["sessions"], DatabaseClock(), ctx["announce"])


async def renew_holidays(ctx: dict[Any, Any]) -> None:
    """Store the holidays of coming years, and corrections of the library."""
    places = await refresh_holidays(ctx["sessions"], DatabaseClock())
    log_work("renewed holidays", places=places)


async def prune_files(ctx: dict[Any, Any]) -> None:
    """Delete files that are no longer attached to anything."""
    gone = await attachments.prune(ctx["sessions"], DatabaseClock(), ctx["files"])
    log_work("pruned files", rows=gone)


async def prune_expired(ctx: dict[Any, Any]) -> None:
    """Delete expired rows. A failing part doesn't stop the others."""
    for part, prune in HOUSEKEEPING.items():
        try:
            log_work("pruned", rows=await prune(ctx["sessions"], DatabaseClock()), part=part)
        except Exception:
            log.exception("prune failed", part=part)


async def _close(worker: Worker) -> None:
    tasks = list(worker.tasks.values())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if worker.pool is not None:
        with suppress(RedisError, OSError):
            await worker.pool.aclose(close_connection_pool=True)


def _cancel_on_signals() -> None:
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None  # noqa: S101
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
