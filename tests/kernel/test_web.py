"""The edge of HTTP: cross-site requests, headers, sizes, and what an answer looks like."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from dayline.app import create_app
from dayline.kernel.http.web import MOST_BODY
from dayline.kernel.ops.settings import Settings

HOME = "http://localhost:8080"
COOKIE = {"Cookie": "dayline_session=x"}


def client_of(app: FastAPI, base_url: str = HOME) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=base_url)


async def post(visitor: httpx.AsyncClient, headers: dict[str, str]) -> tuple[int, str]:
    answer = await visitor.post("/api/invites/preview", json={"token": "x"}, headers=headers)
    return answer.status_code, answer.json()["type"].removeprefix("urn:dayline:problem:")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:8081"},
        {"Origin": "https://localhost:8080"},
        {"Origin": "null"},
        COOKIE,
        COOKIE | {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
    ids=str,
)
async def test_changes_that_another_site_may_have_asked_for_are_refused(
    visitor: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert await post(visitor, headers) == (403, "cross-site")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer dl_x"},
        COOKIE | {"Authorization": "Bearer dl_x"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": HOME},
        COOKIE | {"Origin": HOME},
        COOKIE | {"Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
async def test_changes_from_our_pages_and_from_programs_pass(
    visitor: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert await post(visitor, headers) == (409, "link-not-good")


async def test_reading_needs_no_origin(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/healthz", headers=COOKIE | {"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


async def test_further_origins_are_those_that_the_operator_names(settings: Settings) -> None:
    named = settings.model_copy(update={"allowed_origins": ("https://board.example.org",)})
    async with client_of(create_app(named)) as client:
        allowed = {"Origin": "https://board.example.org", "Sec-Fetch-Site": "cross-site"}
        assert (await client.delete("/api/sessions", headers=allowed)).status_code == 401
        other = {"Origin": "https://board.example.com"}
        assert (await client.delete("/api/sessions", headers=other)).status_code == 403


@pytest.mark.parametrize(
    ("base_url", "status"), [(None, 409), ("https://dayline.example.org", 403)]
)
async def test_a_first_look_works_by_any_address_of_the_server(
    settings: Settings, base_url: str | None, status: int
) -> None:
    """Where an address is set, only that one counts."""
    looked_at = settings.model_copy(update={"base_url": base_url})
    lan = "http://192.168.1.5:8080"
    app = create_app(looked_at)
    async with app.router.lifespan_context(app), client_of(app, lan) as client:
        answer = await client.post(
            "/api/invites/preview", json={"token": "x"}, headers=COOKIE | {"Origin": lan}
        )
        assert answer.status_code == status


async def test_no_answer_lets_other_origins_read_it(visitor: httpx.AsyncClient) -> None:
    origin = {"Origin": "https://evil.example"}
    for answer in (
        await visitor.get("/healthz", headers=origin),
        await visitor.options(
            "/api/sessions", headers=origin | {"Access-Control-Request-Method": "POST"}
        ),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_every_answer_tells_browsers_to_take_nothing_from_elsewhere(
    visitor: httpx.AsyncClient,
) -> None:
    for answer in (
        await visitor.get("/healthz"),
        await visitor.get("/api/account"),
        await visitor.post("/api/sessions", headers={"Sec-Fetch-Site": "cross-site"}),
        await visitor.get("/api/nowhere"),
    ):
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert len(answer.headers["X-Request-ID"]) == 32


async def test_answers_of_the_api_are_not_stored_by_caches(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/api/account")).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("base_url", "promise"),
    [("https://dayline.example.org", "max-age=31536000"), ("http://dayline.example.org", None)],
)
async def test_https_alone_is_promised_to_last(
    settings: Settings, base_url: str, promise: str | None
) -> None:
    app = create_app(settings.model_copy(update={"base_url": base_url}))
    async with client_of(app, base_url) as client:
        answer = await client.get("/healthz")
        assert answer.headers.get("Strict-Transport-Security") == promise


@pytest.mark.parametrize(
    ("base_url", "proxies", "warned"),
    [
        ("http://dayline.example.org", (), ["without https"]),
        ("https://dayline.example.org", (), ["no trusted proxy"]),
        ("https://dayline.example.org", ("10.0.0.5",), []),
    ],
)
async def test_settings_that_leave_sign_ins_open_are_warned_of_in_the_log(
    settings: Settings, base_url: str, proxies: tuple[str, ...], warned: list[str]
) -> None:
    given = {"base_url": base_url, "trusted_proxies": proxies}
    app = create_app(settings.model_copy(update=given))
    with capture_logs() as lines:
        async with app.router.lifespan_context(app):
            pass
    warnings = [line["event"] for line in lines if line["log_level"] == "warning"]
    assert len(warnings) == len(warned)
    for event, begins in zip(warnings, warned, strict=True):
        assert event.startswith(begins)


async def test_a_body_that_says_it_is_too_large_is_refused(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/sessions", content=b"x" * (MOST_BODY + 1))
    assert (answer.status_code, answer.json()["most_bytes"]) == (413, MOST_BODY)


async def test_a_body_that_does_not_say_is_cut_off(visitor: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MOST_BODY // 1024 + 1):
            yield b" " * 1024

    answer = await visitor.post("/api/sessions", content=endless())
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:dayline:problem:too-large"


@pytest.mark.parametrize("length", ["-1", "1e3", "²", "x"])
async def test_a_length_that_is_no_number_is_refused(app: FastAPI, length: str) -> None:
    sent: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            sent.append(int(str(message["status"])))

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/sessions",
        "raw_path": b"/api/sessions",
        "query_string": b"",
        "headers": [(b"content-length", length.encode("latin-1"))],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8080),
        "scheme": "http",
        "http_version": "1.1",
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    assert sent == [413]


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
async def test_an_unknown_address_of_the_api_is_a_problem(
    visitor: httpx.AsyncClient, accept: str
) -> None:
    answer = await visitor.get("/api/nowhere", headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:dayline:problem:not-found"


async def test_a_problem_names_each_field_and_repeats_nothing_that_was_sent(
    visitor: httpx.AsyncClient,
) -> None:
    body = {"email": "sent-nonsense", "password": "", "extra": "sent-extra"}
    answer = await visitor.post("/api/sessions", json=body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"email", "password", "extra"}
    assert "sent-" not in answer.text
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


@pytest.fixture
def broken_app(settings: Settings) -> FastAPI:
    """An app with a route that fails in a way that nobody foresaw."""
    app = create_app(settings)

    async def broken() -> None:
        raise RuntimeError("the inside of the server")

    app.add_api_route("/api/broken", broken)
    return app


async def test_a_fault_of_ours_tells_nothing_and_has_the_usual_headers(
    broken_app: FastAPI,
) -> None:
    async with client_of(broken_app) as client:
        answer = await client.get("/api/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "inside" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


async def test_nothing_is_redirected(visitor: httpx.AsyncClient) -> None:
    """A redirect leads where `Host` says, perhaps to http: the request would go there again."""
    for path in ("/healthz/", "/api/sessions/", "/api/account/"):
        assert (await visitor.get(path, headers={"Accept": "*/*"})).status_code == 404


async def test_a_request_is_not_echoed(visitor: httpx.AsyncClient) -> None:
    for path in ("/", "/healthz", "/api/account"):
        assert (await visitor.request("TRACE", path)).status_code == 405
