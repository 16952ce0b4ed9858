"""Answers of the API compressed: what is, what never is, and that nothing else about it changes."""

import gzip
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from dayline.kernel.http.compression import IN_THREAD, LEAST, MOST_PADDING, Compression, takes_gzip
from tests.attachments.files import uploaded
from tests.team import Team

GZIP = {"Accept-Encoding": "gzip"}
WORDS = "a few words that come again, "


async def raw(team: Team, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """The answer to a member, and its bytes as they were sent."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with team.owner.http.stream("GET", team.owner.base + path, headers=named) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])


@pytest.fixture
async def busy(team: Team) -> Team:
    """A team with lists of more than a thousand bytes."""
    await team.owner.post("/projects", {"key": "ABC", "name": "Alphabet"})
    for number in range(5):
        task = {"project": "ABC", "title": f"Task {number}", "context": WORDS * 50}
        assert (await team.owner.post("/tasks", task)).status_code == 201
    return team


@pytest.mark.parametrize("path", ["/tasks", "/tasks/ABC-1", "/snapshot", "/events"])
async def test_what_is_read_is_compressed_and_says_the_same(busy: Team, path: str) -> None:
    plain, body = await raw(busy, path, Accept_Encoding="identity")
    small, packed = await raw(busy, path, Accept_Encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert (small.headers["content-encoding"], small.status_code) == ("gzip", 200)
    assert small.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == body
    assert len(packed) < len(body) > LEAST
    assert small.headers.get("content-length", str(len(packed))) == str(len(packed))


async def test_little_is_sent_as_it_is(team: Team) -> None:
    answer, body = await raw(team, "/projects", Accept_Encoding="gzip")
    assert "content-encoding" not in answer.headers
    assert len(body) < LEAST


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("deflate,gzip;q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br", False),
        ("x-gzip", False),
        ("", False),
    ],
)
async def test_only_who_takes_it_gets_it(busy: Team, accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) == taken
    answer, _ = await raw(busy, "/tasks", Accept_Encoding=accepted)
    assert ("content-encoding" in answer.headers) == taken


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
async def test_what_another_sites_page_had_read_is_not_compressed(busy: Team, site: str) -> None:
    """It could put words into the answer, by a search, and watch its length."""
    answer, _ = await raw(busy, "/tasks", Accept_Encoding="gzip", Sec_Fetch_Site=site)
    assert (answer.status_code, "content-encoding" in answer.headers) == (200, False)


async def test_answers_to_changes_are_not_compressed(busy: Team) -> None:
    made = await busy.owner.http.post(
        f"{busy.owner.base}/tasks",
        json={"project": "ABC", "title": "New", "context": WORDS * 100},
        headers=GZIP,
    )
    assert (made.status_code, len(made.content) > LEAST) == (201, True)
    assert "content-encoding" not in made.headers


TOLD_ONCE = {"secret", "link", "token", "password"}


def test_no_secret_is_told_in_an_answer_that_is_compressed(app: FastAPI) -> None:
    """Secrets are told once, by what makes them; what is read does not repeat them."""
    document = app.openapi()
    schemas = document["components"]["schemas"]
    assert TOLD_ONCE & set(schemas["InviteMade"]["properties"])
    for path, item in document["paths"].items():
        for name in _schemas_of(item.get("get", {}).get("responses", {}).get("200", {})):
            assert not TOLD_ONCE & set(schemas[name].get("properties", {})), path
            assert not name.endswith("Made"), path


def _schemas_of(answer: Any) -> set[str]:
    """The schemas that an answer names, itself or as the entries of its list."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    named = (part.get("$ref", "") for part in (schema, schema.get("items", {})))
    return {name.rpartition("/")[2] for name in named if name}


async def test_the_length_tells_less(busy: Team) -> None:
    """The same answer has many lengths."""
    lengths = {len((await raw(busy, "/tasks/ABC-1", Accept_Encoding="gzip"))[1]) for _ in range(40)}
    assert 5 < len(lengths) <= MOST_PADDING + 1


async def test_a_tag_of_a_compressed_answer_guards_an_edit_and_a_list(busy: Team) -> None:
    task, _ = await raw(busy, "/tasks/ABC-1", Accept_Encoding="gzip")
    tag = task.headers["etag"]
    assert tag.startswith("W/")  # the bytes differ from those of the plain answer
    edited = await busy.owner.http.patch(
        f"{busy.owner.base}/tasks/ABC-1", json={"title": "Edited"}, headers={"If-Match": tag}
    )
    assert edited.status_code == 200
    listed, _ = await raw(busy, "/tasks", Accept_Encoding="gzip")
    again, body = await raw(
        busy, "/tasks", Accept_Encoding="gzip", If_None_Match=listed.headers["etag"]
    )
    assert (again.status_code, body) == (304, b"")
    assert "content-encoding" not in again.headers


async def test_a_file_is_sent_as_it_was_uploaded(busy: Team) -> None:
    content = WORDS.encode() * 200
    sent = await uploaded(busy.owner, content)
    answer, body = await raw(busy, f"/attachments/{sent['id']}/content", Accept_Encoding="gzip")
    assert (answer.status_code, body) == (200, content)
    assert "content-encoding" not in answer.headers
    assert not answer.headers["etag"].startswith("W/")


@pytest.mark.parametrize("size", [IN_THREAD - 1, 3 * IN_THREAD])
@pytest.mark.parametrize("parts", [1, 4])
async def test_large_and_streamed_answers_come_whole(size: int, parts: int) -> None:
    content = (WORDS.encode() * (size // len(WORDS) + 1))[:size]

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(parts):
            yield content[at * size // parts : (at + 1) * size // parts]

    own = FastAPI()

    @own.get("/api/large")
    async def large() -> StreamingResponse:
        return StreamingResponse(pieces(), media_type="application/json")

    own.add_middleware(Compression)
    transport = httpx.ASGITransport(app=own)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.get("/api/large", headers=GZIP)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == content
