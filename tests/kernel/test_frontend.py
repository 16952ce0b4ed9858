"""The built front end, as browsers and programs meet it."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from dayline.kernel.http import frontend, problems

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGE = "<!doctype html><title>Dayline</title>" + " " * 1000


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder as the build leaves it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "index-abc123.js").write_text("let page = 1;" * 100)
    (tmp_path / "favicon.svg").write_text("<svg/>")
    return tmp_path


@pytest.fixture
async def pages(build: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(build) as client:
        yield client


def _client(folder: Path) -> httpx.AsyncClient:
    app = FastAPI(openapi_url=None)

    @app.get("/api/thing")
    def _thing() -> str:
        return "thing"

    problems.install(app)
    frontend.install(app, folder)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://dayline.test")


@pytest.mark.parametrize("path", ["/", "/account", "/w/acme", "/w/acme/", "/apis", "/healthz/x"])
async def test_every_page_is_the_app_and_is_asked_for_again(
    pages: httpx.AsyncClient, path: str
) -> None:
    answer = await pages.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.text == PAGE
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/plain;q=0.5,*/*;q=0.1", ""])
@pytest.mark.parametrize("path", ["/metrics", "/wp-login.php", "/w/acme", "/.git/config", "/apis"])
async def test_a_program_does_not_take_the_app_for_an_answer(
    pages: httpx.AsyncClient, path: str, accept: str
) -> None:
    for method in ("GET", "HEAD"):
        answer = await pages.request(method, path, headers={"Accept": accept})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/wp-login.php", "/.git/config.json", "/xmlrpc.php"])
async def test_a_file_that_nobody_built_is_no_page_in_a_browser(
    pages: httpx.AsyncClient, path: str
) -> None:
    assert (await pages.get(path, headers=BROWSER)).status_code == 404


async def test_whatever_looks_at_the_root_finds_the_app(pages: httpx.AsyncClient) -> None:
    assert (await pages.get("/", headers={"Accept": "*/*"})).text == PAGE


async def test_what_has_a_hash_in_its_name_is_kept_for_good(pages: httpx.AsyncClient) -> None:
    answer = await pages.get("/assets/index-abc123.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (await pages.get("/favicon.svg")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("accepted", ["gzip", "br, GZIP;q=0.5", "deflate,gzip"])
async def test_files_are_compressed_for_those_who_take_it(
    pages: httpx.AsyncClient, accepted: str
) -> None:
    async with pages.stream("GET", "/", headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(raw).decode() == PAGE


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "gzip; q=0.0"])
async def test_files_are_plain_for_those_who_do_not(
    pages: httpx.AsyncClient, accepted: str
) -> None:
    answer = await pages.get("/", headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.text == PAGE


async def test_an_unchanged_page_is_not_sent_again(pages: httpx.AsyncClient) -> None:
    etag = (await pages.get("/")).headers["etag"]
    again = await pages.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing"])
async def test_unknown_addresses_of_the_api_are_problems_and_never_pages(
    pages: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await pages.request(method, path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_real_app_keeps_its_api_from_the_pages(visitor: httpx.AsyncClient) -> None:
    unknown = await visitor.get("/api/nothing", headers={"Accept": "text/html"})
    assert unknown.status_code == 404
    assert unknown.json()["type"] == "urn:dayline:problem:not-found"
    assert "content-encoding" not in unknown.headers
    assert (await visitor.get("/healthz")).json() == {"status": "alive"}


async def test_routes_of_the_api_still_refuse_other_methods(pages: httpx.AsyncClient) -> None:
    assert (await pages.get("/api/thing")).json() == "thing"
    assert (await pages.delete("/api/thing")).status_code == 405


@pytest.mark.parametrize("path", ["/assets/index-old.js", "/robots.txt", "/w/.env", "/../x.py"])
async def test_a_file_that_is_not_there_is_not_found(pages: httpx.AsyncClient, path: str) -> None:
    assert (await pages.get(path)).status_code == 404


async def test_pages_are_only_read(pages: httpx.AsyncClient) -> None:
    answer = await pages.post("/account")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert (await pages.head("/account", headers=BROWSER)).status_code == 200


async def test_without_a_build_the_api_works_and_a_page_says_how_to_build(tmp_path: Path) -> None:
    async with _client(tmp_path / "none") as client:
        page = await client.get("/")
        assert (page.status_code, page.text) == (503, frontend.NOT_BUILT)
        assert (await client.get("/api/thing")).status_code == 200
