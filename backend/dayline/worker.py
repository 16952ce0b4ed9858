"""One worker process: what happens without a request. The only importer of arq."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from typing import Any

import structlog
from arq import Worker, cron
from arq.connections import RedisSettings
from redis.exceptions import RedisError

from dayline.accounts import housekeeping as accounts
from dayline.kernel import idempotency, logging
from dayline.kernel.clock import Clock, DatabaseClock
from dayline.kernel.database import Sessions, create_engine, create_sessions
from dayline.kernel.settings import Settings

log = structlog.get_logger(__name__)

Housekeeping = Callable[[Sessions, Clock], Awaitable[int]]
"""Deletes what has expired and returns how many rows that were."""

HOUSEKEEPING: tuple[Housekeeping, ...] = (accounts.prune, idempotency.prune)

_FIRST_PAUSE, _LONGEST_PAUSE, _SETTLED = 0.5, 5.0, 60.0


def run(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM."""
    logging.configure(settings.log_level)
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(main(settings))


async def main(settings: Settings) -> None:
    """Run every part of the worker side by side; none ends because another's server is gone."""
    _cancel_on_signals()
    engine = create_engine(settings.database_url or "", pool_size=4)
    try:
        async with asyncio.TaskGroup() as parts:
            parts.create_task(keep_jobs_running(settings, create_sessions(engine)))
    finally:
        await engine.dispose()


async def keep_jobs_running(settings: Settings, sessions: Sessions) -> None:
    """Run arq, which ends when Valkey does, again and again."""
    pause, loop = _FIRST_PAUSE, asyncio.get_running_loop()
    while True:
        started_at = loop.time()
        worker = create_worker(settings, sessions)
        try:
            await worker.async_run()
        except Exception as error:
            log.warning("jobs stopped", error=repr(error), again_in=pause)
        finally:
            await _close(worker)
        await asyncio.sleep(pause)
        settled = loop.time() - started_at > _SETTLED
        pause = _FIRST_PAUSE if settled else min(pause * 2, _LONGEST_PAUSE)


def create_worker(settings: Settings, sessions: Sessions) -> Worker:
    """An arq worker. Jobs are short, because a killed worker's job waits for the longest timeout;
    no result is kept, because a kept one silently refuses the next job of the same id.
    """
    return Worker(
        cron_jobs=[cron(prune_expired, minute=17, timeout=60, keep_result=0, max_tries=1)],
        redis_settings=replace(RedisSettings.from_dsn(settings.redis_url or ""), conn_retries=1),
        handle_signals=False,
        job_timeout=30,
        keep_result=0,
        timezone=UTC,
        ctx={"sessions": sessions},
    )


async def prune_expired(ctx: dict[Any, Any]) -> None:
    """Delete what has expired; a part that fails does not keep the others from theirs."""
    for part in HOUSEKEEPING:
        name = f"{part.__module__}.{part.__qualname__}"
        try:
            log.info("pruned", part=name, rows=await part(ctx["sessions"], DatabaseClock()))
        except Exception:
            log.exception("prune failed", part=name)


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
