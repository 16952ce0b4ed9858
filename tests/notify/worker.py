"""A worker process of notify alone, to be killed: quick leases, so that others soon take over."""

import asyncio
from datetime import timedelta

from dayline.kernel.db.clock import DatabaseClock
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.ops.settings import Settings
from dayline.notify import loop
from dayline.notify.sending import Pace

QUICK = Pace(lease=timedelta(seconds=1.5), gap=timedelta(milliseconds=20))


def work(settings: Settings) -> None:
    """Relay and send until killed."""
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    engine = create_engine(settings.database_url or "", pool_size=4)
    sessions = create_sessions(engine)
    await loop.run(sessions, DatabaseClock(), settings, pace=QUICK, seconds=1)
