"""Every operation locks in the order of docs/architecture.md, so that no two wait in a circle."""

import httpx
import pytest

from tests.feed.actions import STEPS
from tests.feed.world import World
from tests.races.order import tracing, unlisted, violations
from tests.team import Team


async def test_every_operation_locks_in_the_order_of_the_docs(
    team: Team, visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await World.create(team, visitor)
    wrong: list[str] = []
    for step in STEPS:
        with tracing(team, monkeypatch) as trace:
            await step.take(world)
        wrong += [f"{step}: {before} before {after}" for before, after in violations(trace)]
        wrong += [f"{step}: {name} is not in the list" for name in unlisted(trace)]
    assert not wrong, "\n".join(wrong)
