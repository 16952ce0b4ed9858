"""Fixtures: a desk of a workspace of its own."""

from pathlib import Path

import pytest

from tests.team import Team
from tests.transfer.slack.desk import Desk


@pytest.fixture
def desk(team: Team, tmp_path: Path) -> Desk:
    """A workspace, at Monday 2026-05-18 10:00 in Kyiv, and exports to bring into it."""
    return Desk(team, tmp_path)
