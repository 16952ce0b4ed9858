"""docs/feed.md says what the server does."""

import json
import re

import pytest

from dayline.feed.connection import ACCESS_ENDED, GOING_AWAY, HEARTBEAT_S, SEND_S, TOO_SLOW
from dayline.feed.resume import MOST_BEHIND, ResetReason
from dayline.kernel.db.events import AudienceKind
from tests.feed.client import FeedClient
from tests.feed.kinds import FILE, fresh
from tests.feed.reduce import COLLECTIONS, SINGLE
from tests.team import Team

TEXT = FILE.read_text()


def test_the_table_of_kinds_is_fresh(team: Team) -> None:
    assert team.app.openapi()  # every room is imported
    assert fresh(TEXT) == TEXT, "run `python -m tests.feed.kinds`"


def first_cells(heading: str) -> set[str]:
    """The names in the first column of the first table below a heading."""
    below = TEXT.partition(heading)[2]
    rows = re.search(r"^\|---.*\n((?:\|.*\n)+)", below, re.MULTILINE)
    assert rows is not None
    return {row.split("|")[1].strip().strip("`") for row in rows[1].splitlines()}


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("## Events and their numbers", {kind.value for kind in AudienceKind}),
        ("## Applying an event", {*COLLECTIONS, *SINGLE}),
        ("`reset` says", {reason.value for reason in ResetReason}),
    ],
)
def test_the_tables_name_everything_that_there_is(heading: str, names: set[str]) -> None:
    assert first_cells(heading) == names


def test_the_numbers_are_the_servers() -> None:
    assert f"| {ACCESS_ENDED} |" in TEXT
    assert f"| {TOO_SLOW} | you took nothing for {SEND_S} seconds" in TEXT
    assert f"| {GOING_AWAY}, 1006 |" in TEXT
    assert f"more than {MOST_BEHIND:,} events" in TEXT
    assert f'"heartbeat_s": {HEARTBEAT_S}' in TEXT


def test_the_example_frames_can_be_read() -> None:
    examples = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)]
    frames = [example for example in examples if "type" in example]
    assert [frame["type"] for frame in frames] == ["hello", "events", "heartbeat", "reset"]
    for frame in frames:
        FeedClient().take(frame)
