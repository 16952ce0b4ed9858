"""Liveness and readiness of the server."""

from typing import Literal

from alembic.script import ScriptDirectory
from fastapi import Request, Response
from pydantic import Field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dayline.kernel.http.routing import Room
from dayline.kernel.ops.migrate import alembic_config
from dayline.kernel.schemas import Output
from dayline.kernel.text import zones

router = Room(tags=["health"])


class Alive(Output):
    """The process is running."""

    status: Literal["alive"] = Field(description="Always `alive`.")


class Readiness(Output):
    """Whether the server can handle requests, and if not, why."""

    status: Literal["ready", "not_ready"] = Field(
        description="Whether the server can handle requests."
    )
    version: str = Field(description="The version of Dayline.")
    tzdata: str = Field(description="The version of the time zone database.", examples=["2026.6"])
    database: Literal["ready", "unreachable", "not_migrated"] = Field(
        description="Whether the database is reachable and migrated."
    )


def newest_revision() -> str | None:
    """Return the migration that this version of Dayline needs."""
    return ScriptDirectory.from_config(alembic_config("")).get_current_head()


@router.get("/healthz")
async def health_alive() -> Alive:
    """Check that the process is running.

    It doesn't check the database.
    """
    return Alive(status="alive")


@router.get(
    "/readyz",
    responses={503: {"model": Readiness, "description": "The server can't handle requests."}},
)
async def health_ready(request: Request, response: Response) -> Readiness:
    """Check that the server can handle requests.

    The response has status 503 if the database can't be reached or isn't migrated.
    """
    database = await _database(request)
    if database != "ready":
        response.status_code = 503
    return Readiness(
        status="ready" if database == "ready" else "not_ready",
        version=request.app.version,
        tzdata=zones.VERSION,
        database=database,
    )


async def _database(request: Request) -> Literal["ready", "unreachable", "not_migrated"]:
    try:
        async with request.app.state.sessions() as session:
            found = await session.scalar(text("SELECT version_num FROM alembic_version"))
    except (SQLAlchemyError, OSError):
        return "unreachable"
    return "ready" if found == request.app.state.newest_revision else "not_migrated"
