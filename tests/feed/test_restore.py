"""A restore under connected clients: a new epoch, each is reset, and converges."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dayline.app import create_app
from dayline.identity.models import Role
from dayline.kernel.ops.backup import backup, restore
from dayline.kernel.ops.settings import Settings
from tests.clock import MovableClock
from tests.feed.reduce import normal
from tests.feed.steps import add_to_project, make_project, make_task
from tests.live import Follower, serving
from tests.team import Team


@pytest.fixture
async def followed(
    fresh_settings: Settings, clock: MovableClock
) -> AsyncIterator[tuple[Team, list[Follower]]]:
    """An installation of its own, followed by its owner and by a guest."""
    app = create_app(fresh_settings, clock)
    async with serving(app) as address, app.router.lifespan_context(app):
        team = await Team.create(app, clock)
        guest = await team.add("gus", Role.GUEST)
        await make_project(team, "ABC")
        await add_to_project(team, "ABC", guest)
        followers = [Follower(address, person) for person in (team.owner, guest)]
        yield team, followers
        for follower in followers:
            await follower.stop()
        await team.close()


async def test_a_restore_resets_every_client_and_all_converge(
    followed: tuple[Team, list[Follower]], fresh_settings: Settings, tmp_path: Path
) -> None:
    team, followers = followed
    url = fresh_settings.database_url or ""
    kept = await make_task(team.owner, "ABC")
    before = [await follower.settle() for follower in followers]
    await backup(url, team.app.state.files, tmp_path / "kept.zip")
    await make_task(team.owner, "ABC")
    for follower in followers:
        await follower.settle()
    await restore(url, team.app.state.files, tmp_path / "kept.zip")
    for follower, (old, _) in zip(followers, before, strict=True):
        state, fresh = await follower.settle()
        assert normal(state) == normal(fresh)
        assert state["epoch"] != old["epoch"]
        assert [task["key"] for task in state["tasks"]] == [kept["key"]]
        assert follower.resets == ["epoch"]
