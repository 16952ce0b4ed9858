"""Checks that external servers answer."""

import asyncio

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from dayline.local.fault import Fault
from dayline.local.programs import OLDEST_POSTGRES

_SECONDS = 5


def check_postgres(url: str, variable: str) -> None:
    """Raise a Fault that names `variable`, unless a recent enough PostgreSQL answers at `url`."""
    try:
        address = make_url(url)
        version = asyncio.run(_postgres_version(address))
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, ValueError) as error:
        raise Fault(f"{variable}: no PostgreSQL answers there ({_reason(error)}).") from None
    if version < OLDEST_POSTGRES:
        raise Fault(
            f"{variable}: that is PostgreSQL {version}; Dayline needs {OLDEST_POSTGRES} or newer."
        )


def check_redis(url: str, variable: str) -> None:
    """Raise a Fault that names `variable`, unless a Valkey or Redis answers at `url`."""
    try:
        asyncio.run(_ping(url))
    except (OSError, RedisError, ValueError) as error:
        raise Fault(f"{variable}: no Valkey or Redis answers there ({_reason(error)}).") from None


async def _postgres_version(url: URL) -> int:
    engine = create_async_engine(url, connect_args={"timeout": _SECONDS})
    try:
        async with engine.connect() as connection:
            return int(await connection.scalar(text("SHOW server_version_num"))) // 10_000
    finally:
        await engine.dispose()


async def _ping(url: str) -> None:
    connection: Redis = Redis.from_url(url, socket_connect_timeout=_SECONDS)
    try:
        await connection.ping()
    finally:
        await connection.aclose()


def _reason(error: BaseException) -> str:
    """The first line of an error. The drivers' messages don't contain passwords."""
    origin = getattr(error, "orig", None) or error
    said = str(origin).strip() or type(origin).__name__
    return said.splitlines()[0].rstrip(".")
