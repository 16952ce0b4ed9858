"""Uploading: streamed, bounded, whole or not at all."""

import asyncio
import hashlib
import resource
import signal
import tracemalloc
from collections.abc import AsyncIterator, Iterator

import pytest

from dayline.attachments.actions import MOST_LOOSE
from dayline.attachments.housekeeping import prune
from dayline.kernel.ops.files import FileStore
from tests.attachments.files import (
    PNG,
    content_of,
    files_of,
    path_of,
    store_of,
    upload,
    uploaded,
)
from tests.team import Team

MIB = 2**20
MOST = 25 * MIB


async def pieces(total: int, size: int = 64 * 1024) -> AsyncIterator[bytes]:
    """That many zero bytes, without a length said before."""
    for sent in range(0, total, size):
        yield bytes(min(size, total - sent))


async def test_a_file_is_kept_as_it_is_and_described_by_its_content(team: Team) -> None:
    answer = await upload(team.owner, PNG, "../shot.png", "application/octet-stream")
    assert answer.status_code == 201
    made = answer.json()
    assert made | {"id": "", "uploaded_by": ""} == {
        "id": "",
        "name": "shot.png",
        "size": len(PNG),
        "media_type": "image/png",
        "is_picture": True,
        "sha256": hashlib.sha256(PNG).hexdigest(),
        "uploaded_by": "",
        "created_at": "2026-05-18T07:00:00Z",
        "expires_at": "2026-05-19T07:00:00Z",
    }
    assert made["uploaded_by"] == str(team.owner.member_id)
    shown = await team.owner.http.get(answer.headers["location"])
    assert shown.json() == made
    assert path_of(team, made).read_bytes() == PNG
    assert path_of(team, made).stat().st_mode & 0o777 == 0o600


async def test_a_file_of_the_largest_size_is_taken_and_never_held(team: Team) -> None:
    tracemalloc.start()
    answer = await upload(team.owner, pieces(MOST))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 201, answer.text
    assert answer.json()["size"] == MOST
    assert peak < 8 * MIB


@pytest.mark.parametrize("says_its_length", [True, False])
async def test_a_larger_one_is_refused_and_leaves_nothing(
    team: Team, says_its_length: bool
) -> None:
    content = bytes(MOST + 1) if says_its_length else pieces(MOST + 1)
    answer = await upload(team.owner, content)
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:dayline:problem:too-large"
    assert files_of(team) == set()


async def test_an_empty_one_is_refused(team: Team) -> None:
    answer = await upload(team.owner, b"")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "body", "reason": "Required."}]
    assert files_of(team) == set()


async def test_a_key_makes_an_upload_happen_once(team: Team) -> None:
    first = await upload(team.owner, b"same", Idempotency_Key="k")
    again = await upload(team.owner, b"same", Idempotency_Key="k")
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    other = await upload(team.owner, b"another", Idempotency_Key="k")
    assert other.status_code == 422


async def test_racing_twins_of_a_key_get_one_attachment(team: Team) -> None:
    twins = await asyncio.gather(
        *(upload(team.owner, b"same", Idempotency_Key="k") for _ in range(4))
    )
    assert {twin.status_code for twin in twins} == {201}
    assert len({twin.json()["id"] for twin in twins}) == 1


@pytest.mark.parametrize("what", ["refused", "refused by its key", "answered before"])
async def test_what_was_not_kept_counts_for_nothing(team: Team, what: str) -> None:
    await upload(team.owner, b"kept", Idempotency_Key="k")
    before, there = (await team.owner.get("/usage")).json(), files_of(team)
    if what == "refused":
        disguised = b"MZ\x90\0\3\0\0\0" + bytes(100)
        assert (await upload(team.owner, disguised, name="doc.pdf")).status_code == 422
    elif what == "refused by its key":
        assert (await upload(team.owner, b"other", Idempotency_Key="k")).status_code == 422
    else:
        again = await upload(team.owner, b"kept", Idempotency_Key="k")
        assert again.headers["idempotency-replayed"] == "true"
    assert (await team.owner.get("/usage")).json() == before
    assert files_of(team) == there


async def test_who_hoards_uploads_is_stopped(team: Team) -> None:
    for _ in range(MOST_LOOSE):
        await uploaded(team.owner, b"x")
    refused = await upload(team.owner, b"x")
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:dayline:problem:too-many-uploads"
    team.clock.advance(hours=24)
    await uploaded(team.owner, b"x")


@pytest.fixture
def small_files() -> Iterator[None]:
    """The system refuses files above 1 MiB to this process, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.usefixtures("small_files")
async def test_a_full_disk_is_said_and_nothing_half_kept(team: Team) -> None:
    answer = await upload(team.owner, pieces(2 * MIB))
    assert answer.status_code == 507, answer.text
    assert answer.json()["type"] == "urn:dayline:problem:storage-full"
    assert files_of(team) == set()
    assert (await upload(team.owner, b"small")).status_code == 201


async def test_the_database_keeps_room_on_the_disk(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = FileStore(store_of(team).folder, reserve=2**63)
    monkeypatch.setitem(team.app.state._state, "files", greedy)
    assert (await upload(team.owner)).status_code == 507


async def test_a_folder_that_is_gone_is_said(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await uploaded(team.owner)
    nowhere = FileStore(path_of(team, made) / "not a folder")
    monkeypatch.setitem(team.app.state._state, "files", nowhere)
    for answer in (await upload(team.owner), await content_of(team.owner, made)):
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:dayline:problem:storage-unavailable"


async def test_what_nobody_used_goes_after_a_day(team: Team) -> None:
    made = await uploaded(team.owner)
    team.clock.advance(hours=24)
    assert (await content_of(team.owner, made)).status_code == 404
    await prune(team.app.state.sessions, team.clock, store_of(team))
    assert path_of(team, made).exists(), "a backup under way may still want it"
    team.clock.advance(hours=1, seconds=1)
    await prune(team.app.state.sessions, team.clock, store_of(team))
    assert files_of(team) == set()
    assert await prune(team.app.state.sessions, team.clock, store_of(team)) == 0


async def test_what_a_twin_sent_in_vain_goes_at_once(team: Team) -> None:
    for _ in range(2):
        await upload(team.owner, b"same", Idempotency_Key="k")
    assert len(files_of(team)) == 1
    team.clock.advance(hours=26)
    await prune(team.app.state.sessions, team.clock, store_of(team))
    assert files_of(team) == set()


async def test_an_upload_is_its_owners_alone_until_it_is_used(team: Team) -> None:
    sam = await team.add("sam")
    made = await uploaded(sam)
    assert (await content_of(sam, made)).status_code == 200
    assert (await content_of(team.owner, made)).status_code == 404
    assert (await team.owner.get(f"/attachments/{made['id']}")).status_code == 404


async def test_a_name_tells_what_was_uploaded(team: Team) -> None:
    page = await uploaded(team.owner, b"<!doctype html><script></script>", name="report.pdf")
    assert page["name"] == "report.pdf.txt"
    disguised = await upload(team.owner, b"MZ\x90\0\x03\0\0\0\xff\xfe", name="report.pdf")
    assert disguised.status_code == 422
    assert disguised.json()["errors"] == [
        {"field": "name", "reason": "The name can’t end with .pdf because the file is an app."}
    ]
    hidden = await uploaded(team.owner, b"A plan", name="gpj.\u202etxt")
    assert hidden["name"] == "gpj.txt"
