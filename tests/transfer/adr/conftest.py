"""Fixtures: shelves of records to bring into projects."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.clock import MovableClock
from tests.team import Team
from tests.transfer.adr.shelf import Shelf


@pytest.fixture
async def shelf(team: Team, tmp_path: Path) -> Shelf:
    """A folder for records, and the project ARC of a team."""
    return await _shelf(team, tmp_path, "records")


@pytest.fixture
async def other(app: FastAPI, clock: MovableClock, tmp_path: Path) -> AsyncIterator[Shelf]:
    """The same of another team."""
    team = await Team.create(app, clock)
    yield await _shelf(team, tmp_path, "elsewhere")
    await team.close()


async def _shelf(team: Team, place: Path, name: str) -> Shelf:
    made = await team.owner.post("/projects", {"key": "ARC", "name": "Architecture"})
    assert made.status_code == 201, made.text
    return Shelf(team, place / name)
