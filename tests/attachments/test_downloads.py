"""Downloads: whatever a file is, it runs nothing here."""

from typing import Any

import pytest

from tests.attachments.files import PNG, content_of, path_of, uploaded
from tests.team import Team

HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize("content", [HTML, b"<svg onload='alert(1)'/>", b"plain", PNG])
async def test_a_download_is_in_a_sandbox(team: Team, content: bytes) -> None:
    made = await uploaded(team.owner, content)
    answer = await content_of(team.owner, made)
    assert answer.content == content
    headers = answer.headers
    kind = made["media_type"] if made["is_picture"] else "application/octet-stream"
    assert headers["content-type"] == kind
    assert headers["content-security-policy"] == (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "private, max-age=31536000, immutable"
    assert headers["vary"] == "Cookie, Authorization"
    shown = "inline" if content is PNG else "attachment"
    assert headers["content-disposition"].partition(";")[0] == shown


async def test_the_name_of_a_download_is_its_own_in_every_script(team: Team) -> None:
    made = await uploaded(team.owner, name='Звіт "1".txt')
    disposition = (await content_of(team.owner, made)).headers["content-disposition"]
    assert disposition == "attachment; filename*=utf-8''%D0%97%D0%B2%D1%96%D1%82%20_1_.txt"


async def test_a_broken_download_goes_on_where_it_stopped(team: Team) -> None:
    made = await uploaded(team.owner, b"0123456789")
    etag = (await content_of(team.owner, made)).headers["etag"]
    rest = await content_of(team.owner, made, Range="bytes=4-", If_Range=etag)
    assert (rest.status_code, rest.content) == (206, b"456789")
    assert rest.headers["content-range"] == "bytes 4-9/10"
    whole = await content_of(team.owner, made, Range="bytes=4-", If_Range='"other"')
    assert (whole.status_code, whole.content) == (200, b"0123456789")
    beyond = await content_of(team.owner, made, Range="bytes=10-")
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */10")
    assert beyond.json()["type"] == "urn:dayline:problem:range-not-satisfiable"
    for nonsense in ("", "lines=1-2", "bytes=7-4", "bytes=1_0-2_0", "bytes=+1-2", "bytes=--1"):
        whole = await content_of(team.owner, made, Range=nonsense)
        assert (whole.status_code, whole.content) == (200, b"0123456789")


async def test_what_the_client_has_is_not_sent_again(team: Team) -> None:
    made = await uploaded(team.owner)
    etag = (await content_of(team.owner, made)).headers["etag"]
    again = await content_of(team.owner, made, If_None_Match=etag)
    assert (again.status_code, again.content) == (304, b"")
    other = await content_of(team.owner, made, If_None_Match='"other"')
    assert other.status_code == 200


async def test_a_file_that_is_lost_is_a_fault_and_not_an_answer(team: Team) -> None:
    made: Any = await uploaded(team.owner)
    path_of(team, made).unlink()
    assert (await content_of(team.owner, made)).status_code == 503
