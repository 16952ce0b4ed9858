"""The composition root of HTTP and WebSocket: it assembles the rooms into one application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI

from dayline import __version__
from dayline.agreements import api as agreements
from dayline.attachments import api as attachments
from dayline.attachments import receiving
from dayline.calendars import api as calendars
from dayline.clarity import api as clarity
from dayline.decisions import api as decisions
from dayline.decisions import record_api as decision_records
from dayline.failed_jobs import api as failed_jobs
from dayline.feed import api as feed
from dayline.feed.hub import Hub
from dayline.hooks import register_hooks
from dayline.identity import api as identity
from dayline.identity.reading import HotReads
from dayline.kernel.db.clock import Clock, DatabaseClock
from dayline.kernel.db.database import create_engine, create_sessions
from dayline.kernel.http import frontend, openapi, problems, readiness, routing, web
from dayline.kernel.http.compression import Compression
from dayline.kernel.http.language import SpeaksLanguages
from dayline.kernel.http.own_site import OwnSite
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.outgoing import tls_context
from dayline.kernel.ops.settings import Settings
from dayline.members import api as members
from dayline.messages import api as messages
from dayline.notices import api as notices
from dayline.notify import api as notify
from dayline.projects import api as projects
from dayline.references import api as references
from dayline.scheduled import api as scheduled
from dayline.search import api as search
from dayline.tasks import api as tasks
from dayline.timers import api as timers
from dayline.today import api as today
from dayline.transfer.adr import api as adr
from dayline.views import api as views

ROOMS = (
    readiness,
    identity,
    members,
    calendars,
    agreements,
    projects,
    timers,
    messages,
    attachments,
    tasks,
    decisions,
    decision_records,
    clarity,
    references,
    scheduled,
    views,
    adr,
    search,
    notices,
    notify,
    failed_jobs,
    feed,
    today,
)

DESCRIPTION = """
Dayline is a self-hosted server for async-first teams. This API does everything that its app does.

Errors are `application/problem+json` (RFC 9457) and name each field that was refused. Lists have
the URL of the next page in a `Link` header. Changes send the revision that they are based on as
`If-Match`. Requests that create something can send an `Idempotency-Key`, so that they can be
repeated safely. Instants are in UTC. Ids are UUIDs.
"""


TAGS: list[dict[str, Any]] = [
    {"name": name, "description": description}
    for name, description in {
        "accounts": "Signing in, accounts, workspaces, members, invites and access tokens.",
        "agreement": "The agreement on answer times, with its versions, draft and signatures.",
        "decisions": "Proposals, input on them, and their outcomes.",
        "feed": "The current state of a workspace, and every change since.",
        "health": "Whether the server is running and can handle requests.",
        "notices": "Notices of asks, answers, decisions and other events that concern you.",
        "notify": "Connected Slack channels and their notifications.",
        "jobs": "Background work that failed, and retrying it.",
        "usage": "How much you and your workspace use of what is limited.",
        "people": "Working hours, time off, focus time, public holidays and availability.",
        "projects": "Projects, their people and their condition.",
        "references": "Short answers to questions that keep coming up.",
        "scheduled": "Messages that are sent later.",
        "search": "Search across everything that has text.",
        "tasks": "Tasks, their labels, dependencies and watchers.",
        "timers": "Asks, when their answers are due, and why.",
        "today": "What needs you, what you are waiting for, and what changed.",
        "topics": "Conversations, their messages and attachments.",
        "views": "Saved views of the board.",
    }.items()
]


def create_app(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """Create the application for the servers in `settings`. Tests pass a `clock` to set the time.

    Raises ValueError without a database URL.
    """
    if settings.database_url is None:
        raise ValueError("DAYLINE_DATABASE_URL is not set")
    register_hooks()
    tls_context()
    engine = create_engine(settings.database_url, pool_size=settings.database_pool)
    clock = clock or DatabaseClock()
    hub = Hub(engine, clock, settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        web.warn_of_settings(settings)
        await hub.start()
        yield
        await hub.stop()
        await engine.dispose()

    app = FastAPI(
        title="Dayline",
        version=__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/", "description": "The server that this document comes from."}],
        openapi_tags=TAGS,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,  # a redirect follows `Host`, and leads to http behind a proxy
        generate_unique_id_function=lambda route: route.name,
        dependencies=[Depends(routing.refuse_unknown_parameters)],
    )
    app.state.settings = settings
    app.state.own_site = own_site = OwnSite(settings)
    app.state.clock = clock
    app.state.engine = engine
    app.state.sessions = create_sessions(engine)
    app.state.files = FileStore(settings.files_folder)
    app.state.newest_revision = readiness.newest_revision()
    app.state.hub = hub
    app.state.announce = hub.announce
    for room in ROOMS:
        app.include_router(room.router)
    routing.build_routes(app)
    openapi.install(app)
    app.add_middleware(HotReads)
    problems.install(app)
    frontend.install(app)
    app.add_middleware(Compression)
    app.add_middleware(web.BodyLimit, larger={receiving.UPLOADS: settings.attachment_bytes})
    app.add_middleware(web.OwnSiteGuard, own_site=own_site)
    app.add_middleware(SpeaksLanguages)
    app.add_middleware(web.SecurityHeaders, settings=settings)
    app.add_middleware(web.RequestLine)
    return app
