"""What has served its time is deleted, and nothing else."""

from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import func, select

from dayline.identity.models import KnownBrowser, OneTimeLink, SignInFailure, SignInSession
from dayline.kernel.ops.settings import Settings
from dayline.members.housekeeping import prune
from dayline.members.setup import owner_link, reset_link
from tests.clock import MovableClock
from tests.members.browser import PASSWORD, Browse
from tests.members.conftest import secret_of


async def test_ended_sessions_old_links_and_failures_are_deleted(
    fresh_settings: Settings, clock: MovableClock, empty_app: FastAPI, browse: Browse
) -> None:
    link = await owner_link(fresh_settings, None, clock)
    body = {"email": "o@example.org", "name": "O", "password": PASSWORD}
    await browse(of=empty_app).post("/setup", {"token": secret_of(link or ""), **body})
    await browse(of=empty_app).sign_in(f"{uuid4()}@example.org", "a wrong password")
    await reset_link(fresh_settings, "o@example.org", clock)

    async def rows_after_pruning() -> tuple[int, list[int]]:
        gone = await prune(empty_app.state.sessions, clock)
        async with empty_app.state.sessions() as session, session.begin():
            tables = (SignInSession, OneTimeLink, SignInFailure, KnownBrowser)
            left = [
                await session.scalar(select(func.count()).select_from(table)) for table in tables
            ]
            return gone, left

    assert await rows_after_pruning() == (0, [1, 2, 3, 1])
    clock.advance(days=1, seconds=1)
    assert await rows_after_pruning() == (3, [1, 2, 0, 1])
    clock.advance(days=29)
    assert await rows_after_pruning() == (1, [1, 1, 0, 1])
    clock.advance(days=31)
    assert await rows_after_pruning() == (2, [0, 0, 0, 1])
    clock.advance(days=303)
    assert await rows_after_pruning() == (0, [0, 0, 0, 1])
    clock.advance(days=1)
    gone, left = await rows_after_pruning()
    assert (gone > 0, left) == (True, [0, 0, 0, 0])
