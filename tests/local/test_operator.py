"""What the operator's commands print is theirs alone: no log line stands in it."""

import asyncio
from pathlib import Path

from sqlalchemy import select

from dayline.identity.models import SecurityEvent
from dayline.kernel.db.clock import DatabaseClock, transaction_now
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.ops.settings import Settings
from dayline.members.actions import create_account

from .installation import dayline

EMAIL = "sam@example.org"


async def make_account(settings: Settings) -> None:
    engine = create_engine(settings.database_url or "", pool_size=1)
    async with create_sessions(engine)() as session, session.begin():
        now = await transaction_now(session, DatabaseClock())
        await create_account(session, email=EMAIL, name="Sam", password_hash="", now=now)
    await engine.dispose()


async def stored(settings: Settings) -> list[tuple[str, str | None]]:
    """The security events, and where each came from."""
    engine = create_engine(settings.database_url or "", pool_size=1)
    async with create_sessions(engine)() as session, session.begin():
        found = [(row.kind, row.address) for row in await session.scalars(select(SecurityEvent))]
    await engine.dispose()
    return found


def test_a_reset_link_is_all_that_is_printed(fresh_settings: Settings) -> None:
    asyncio.run(make_account(fresh_settings))
    url = (fresh_settings.database_url or "").replace("+asyncpg", "")
    done = dayline("reset-link", EMAIL, database_url=url, redis_url=fresh_settings.redis_url)
    (line,) = done.stdout.splitlines()
    assert "/reset#token=dlreset_" in line
    assert done.stderr == ""
    assert asyncio.run(stored(fresh_settings)) == [("password_reset.issued", None)]


def test_where_nothing_runs_the_option_for_another_folder_is_named(tmp_path: Path) -> None:
    done = dayline("demo", "--home", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"the data folder {tmp_path}. Start it, name its folder with --home" in done.stderr
