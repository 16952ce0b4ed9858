"""Every action that reads whether somebody can be asked, and every one that ends it, at once."""

import pytest

from tests.races.actions import PAIRS
from tests.races.gate import at_once
from tests.races.scene import Preparing, Scene, refused_or_done
from tests.team import Team


@pytest.fixture
async def scene(team: Team) -> Scene:
    return await Scene.create(team)


@pytest.mark.parametrize("reads_first", [True, False], ids=["first", "second"])
@pytest.mark.parametrize(("read", "take"), PAIRS, ids=lambda each: each.__name__)
async def test_nothing_waits_for_who_lost_their_access(
    scene: Scene, read: Preparing, take: Preparing, reads_first: bool
) -> None:
    reads = await read(scene)
    takes = await take(scene)
    first, second = (reads, takes) if reads_first else (takes, reads)
    answers = await at_once(scene.sessions, first, second)
    assert all(refused_or_done(answer) for answer in answers), answers
    taken = answers[1 if reads_first else 0]
    assert taken.is_success, taken.text
    assert await scene.is_wrong() == []
