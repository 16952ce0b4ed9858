"""How many bytes members and workspaces may store: exact, said plainly, until files are gone."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect

from dayline.attachments import actions
from dayline.attachments.housekeeping import prune
from dayline.identity.models import Role
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.settings import Settings
from tests.attachments.files import files_of, store_of, upload, uploaded
from tests.team import Person, Team

MIB = 2**20


@pytest.fixture
async def small(team: Team, app: FastAPI, settings: Settings) -> AsyncIterator[Team]:
    """A team whose members may store 2 MiB each, and 3 MiB together."""
    app.state.settings = settings.model_copy(
        update={"member_storage_mb": 2, "workspace_storage_mb": 3}
    )
    yield team
    app.state.settings = settings


async def usage_of(person: Person) -> Any:
    answer = await person.get("/usage")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def stored(person: Person) -> int:
    """The bytes that a member uses."""
    return int((await usage_of(person))["mine"]["storage_bytes"]["used"])


async def broken_off() -> AsyncIterator[bytes]:
    """An upload of which only a part comes."""
    yield bytes(1000)
    raise ClientDisconnect


async def test_a_member_and_their_workspace_store_so_much(small: Team) -> None:
    sam = await small.add("sam")
    await uploaded(sam, bytes(2 * MIB))
    refused = (await upload(sam, b"x")).json()
    assert refused["type"] == "urn:dayline:problem:storage-quota-reached"
    facts = {name: refused[name] for name in ("status", "quota", "used", "limit", "needed")}
    used = {"used": 2 * MIB, "limit": 2 * MIB, "needed": 1}
    assert facts == {"status": 409, "quota": "member"} | used
    assert "You use 2.0 MiB of 2.0 MiB" in refused["detail"]
    assert "Delete files" in refused["detail"]
    await uploaded(small.owner, bytes(MIB))
    refused = (await upload(small.owner, b"x")).json()
    assert (refused["quota"], refused["used"]) == ("workspace", 3 * MIB)
    assert len(files_of(small)) == 2


async def test_racing_uploads_stay_within_the_limit(small: Team) -> None:
    answers = await asyncio.gather(*(upload(small.owner, bytes(MIB // 2)) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [409] * 4
    assert await stored(small.owner) == 2 * MIB


async def test_files_count_until_they_are_gone_from_the_disk(small: Team) -> None:
    await uploaded(small.owner, bytes(2 * MIB))
    small.clock.advance(hours=24, minutes=30)
    assert await stored(small.owner) == 2 * MIB
    assert (await upload(small.owner, b"x")).status_code == 409
    small.clock.advance(hours=1)
    await prune(small.app.state.sessions, small.clock, store_of(small))
    assert await stored(small.owner) == 0
    assert (await upload(small.owner, b"x")).status_code == 201


async def test_what_does_not_come_whole_counts_for_nothing(
    small: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await upload(small.owner, b"")).status_code == 422
    broken = await upload(small.owner, broken_off(), Content_Length=str(MIB))
    assert broken.status_code == 400
    monkeypatch.setitem(
        small.app.state._state, "files", FileStore(store_of(small).folder, reserve=2**63)
    )
    assert (await upload(small.owner, b"x")).status_code == 507
    usage = (await usage_of(small.owner))["mine"]
    assert (usage["storage_bytes"]["used"], usage["unattached_files"]["used"]) == (0, 0)


async def test_racing_uploads_stay_within_the_number_of_unattached_files(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_LOOSE", 3)
    answers = await asyncio.gather(*(upload(team.owner, b"x") for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    refused = next(each for each in answers if each.status_code == 409).json()
    assert (refused["used"], refused["limit"]) == (3, 3)


async def test_usage_shows_each_their_own_and_admins_the_workspaces(small: Team) -> None:
    sam, gus = await small.add("sam"), await small.add("gus", Role.GUEST)
    await uploaded(sam, b"four")
    assert await usage_of(sam) == {
        "mine": {
            "storage_bytes": {"used": 4, "limit": 2 * MIB},
            "unattached_files": {"used": 1, "limit": 100},
            "tokens": {"used": 1, "limit": 50},
        },
        "workspace": None,
    }
    assert await stored(gus) == 0
    shown = await usage_of(small.owner)
    assert shown["workspace"] == {"storage_bytes": {"used": 4, "limit": 3 * MIB}}
