"""The composition root of HTTP and WebSocket: rooms become one application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from dayline import __version__
from dayline.accounts import api as accounts
from dayline.feed import api as feed
from dayline.kernel import openapi, problems, readiness, web
from dayline.kernel.clock import Clock, DatabaseClock
from dayline.kernel.database import create_engine, create_sessions
from dayline.kernel.settings import Settings
from dayline.projects import api as projects
from dayline.tasks import api as tasks
from dayline.topics import api as topics

ROOMS = (readiness, accounts, projects, topics, tasks, feed)

DESCRIPTION = """
Dayline holds a team's work where everybody sees it, live.

Every error is `application/problem+json` (RFC 9457) and names each field that it refuses. Lists
give the next page in a `Link` header. Edits name the revision that they were made from
(`If-Match`). A POST may carry an `Idempotency-Key`. Instants are UTC.
"""


def create_app(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """The application on the servers that `settings` names; `clock` is for tests to move."""
    if settings.database_url is None:
        raise ValueError("DAYLINE_DATABASE_URL is not set")
    engine = create_engine(settings.database_url, pool_size=settings.database_pool)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await engine.dispose()

    app = FastAPI(
        title="Dayline",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.clock = clock or DatabaseClock()
    app.state.engine = engine
    app.state.sessions = create_sessions(engine)
    app.state.newest_revision = readiness.newest_revision()
    app.state.announce = lambda workspace_id: None
    for room in ROOMS:
        app.include_router(room.router)
    openapi.install(app)
    problems.install(app)
    app.add_middleware(web.BodyLimit)
    app.add_middleware(web.CrossSiteGuard, origins={settings.origin, *settings.allowed_origins})
    app.add_middleware(web.SecurityHeaders, settings=settings)
    app.add_middleware(web.RequestLine)
    return app
