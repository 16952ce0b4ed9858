"""Checks that external servers answer."""

import asyncio

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault, reason_of_error
from dayline.local.programs import OLDEST_POSTGRES

_SECONDS = 5


def check_postgres(url: str, variable: str) -> None:
    """Raise a Fault that names `variable`, unless a recent enough PostgreSQL answers at `url`."""
    try:
        address = make_url(url)
        version = asyncio.run(_postgres_version(address))
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, ValueError) as error:
        reason = reason_of_error(error)
        said = Phrase("server.postgres-unreachable", variable=variable, reason=reason)
        raise Fault(said) from None
    if version < OLDEST_POSTGRES:
        raise Fault(
            Phrase(
                "server.postgres-too-old",
                variable=variable,
                version=str(version),
                oldest=str(OLDEST_POSTGRES),
            )
        )


def check_redis(url: str, variable: str) -> None:
    """Raise a Fault that names `variable`, unless a Valkey or Redis answers at `url`."""
    try:
        asyncio.run(_ping(url))
    except (OSError, RedisError, ValueError) as error:
        reason = reason_of_error(error)
        said = Phrase("server.valkey-unreachable", variable=variable, reason=reason)
        raise Fault(said) from None


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
