"""Every action that reads whether somebody can be asked, and every one that ends it, at once."""

import pytest

from tests.races import reading, taking
from tests.races.gate import at_once
from tests.races.reading import Preparing
from tests.races.scene import Scene, refused_or_done
from tests.team import Team

READING = [
    value
    for value in vars(reading).values()
    if getattr(value, "__module__", "") == reading.__name__ and value.__name__ != "give_role"
]
TAKING = [taking.disable, taking.make_guest]


@pytest.fixture
async def scene(team: Team) -> Scene:
    return await Scene.create(team)


@pytest.mark.parametrize("reads_first", [True, False], ids=["first", "second"])
@pytest.mark.parametrize("take", TAKING, ids=lambda each: each.__name__)
@pytest.mark.parametrize("read", READING, ids=lambda each: each.__name__)
async def test_nothing_waits_for_who_lost_their_access(
    scene: Scene, read: Preparing, take: Preparing, reads_first: bool
) -> None:
    reads = await read(scene)
    takes = await take(scene)
    first, second = (reads, takes) if reads_first else (takes, reads)
    answers = await at_once(scene.sessions, first, second)
    assert all(refused_or_done(answer) for answer in answers), answers
    taken = answers[1 if reads_first else 0]
    assert taken.status_code == 200, taken.text
    assert await scene.is_wrong() == []
