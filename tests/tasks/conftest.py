"""Fixtures of the tasks room."""

import pytest

from tests.tasks.desk import Desk
from tests.team import Team


@pytest.fixture
async def desk(team: Team) -> Desk:
    """A team with the project ABC."""
    return await Desk.of(team)
