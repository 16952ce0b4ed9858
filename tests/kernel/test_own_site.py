"""One rule for what is this server's own page, for requests, sockets, host names and links."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from dayline.app import create_app
from dayline.kernel.ops.settings import Settings
from dayline.kernel.text.tokens import new_secret
from tests.live import serving
from tests.members.browser import open_browser
from tests.team import Team, signed_in

LAN = "192.168.1.5:8080"
COOKIE = {"cookie": "dayline_session=x"}
TOKEN = {"authorization": "Bearer dl_x"}
FOREIGN = {"origin": "https://evil.example"}
CROSS_SITE = 403
UNKNOWN_HOST = 421
PASSES = 401
"""Nobody is signed in: what comes through is asked to."""


@dataclass
class Answer:
    """What the app said: its status, and the problem."""

    status: int = 0
    body: bytes = b""
    problem: dict[str, Any] = field(default_factory=dict)

    async def note(self, message: Any) -> None:
        kind = message["type"].removeprefix("websocket.")
        if kind == "http.response.start":
            self.status = message["status"]
        elif kind == "http.response.body":
            self.body += message.get("body", b"")

    def read(self) -> "Answer":
        self.problem = json.loads(self.body)
        return self


async def ask(
    app: FastAPI, headers: dict[str, str], *more: tuple[str, str], by: str, scheme: str = "http"
) -> Answer:
    """What the app answers to a change, or to a socket, that is asked for with these headers."""
    scope: dict[str, Any] = {
        "type": by,
        "path": "/api/workspaces/acme/feed"
        if by == "websocket"
        else "/api/workspaces/acme/projects",
        "raw_path": b"",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in (*headers.items(), *more)],
        "scheme": scheme if by == "http" else scheme.replace("http", "ws"),
        "client": ("192.0.2.7", 4711),
        "server": ("127.0.0.1", 8080),
        "extensions": {"websocket.http.response": {}},
        **({"method": "POST", "http_version": "1.1"} if by == "http" else {"subprotocols": []}),
    }
    first = "websocket.connect" if by == "websocket" else "http.request"
    messages = [{"type": first, "body": b"{}", "more_body": False}]

    async def receive() -> Any:
        return messages.pop() if messages else await asyncio.Future()

    answer = Answer()
    await app(scope, receive, answer.note)
    return answer.read()


@pytest.fixture(params=["http", "websocket"])
def by(request: pytest.FixtureRequest) -> str:
    return str(request.param)


_apps: dict[str, FastAPI] = {}


def opened_at(settings: Settings, **otherwise: Any) -> FastAPI:
    """An app with these settings; tests that want the same share it."""
    wanted = repr(otherwise)
    if wanted not in _apps:
        _apps[wanted] = create_app(settings.model_copy(update=otherwise))
    return _apps[wanted]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, PASSES),
        (TOKEN, PASSES),
        ({"origin": f"http://{LAN}"}, PASSES),
        (COOKIE | {"origin": f"http://{LAN}"}, PASSES),
        (COOKIE | {"sec-fetch-site": "same-origin"}, PASSES),
        (COOKIE | TOKEN, PASSES),
        (COOKIE | TOKEN | {"sec-fetch-site": "cross-site"}, PASSES),
        (COOKIE, CROSS_SITE),
        (COOKIE | {"sec-fetch-site": "cross-site"}, CROSS_SITE),
        (COOKIE | {"origin": "null"}, CROSS_SITE),
        ({"origin": "http://192.168.1.5:8081"}, CROSS_SITE),
        ({"origin": "http://localhost:8080"}, CROSS_SITE),
        (FOREIGN, CROSS_SITE),
        (FOREIGN | TOKEN, CROSS_SITE),
        (FOREIGN | {"sec-fetch-site": "same-origin"}, CROSS_SITE),
        (FOREIGN | {"sec-fetch-site": "none"} | COOKIE, CROSS_SITE),
    ],
    ids=str,
)
async def test_requests_and_sockets_are_judged_alike(
    settings: Settings, by: str, headers: dict[str, str], status: int
) -> None:
    app = opened_at(settings)
    assert (await ask(app, {"host": LAN} | headers, by=by)).status == status


@pytest.mark.parametrize("name", ["host", "origin"])
async def test_a_header_that_names_an_address_twice_is_refused(
    settings: Settings, by: str, name: str
) -> None:
    own = {"host": LAN, "origin": f"http://{LAN}"}
    foreign = (name, {"host": "evil.example", "origin": FOREIGN["origin"]}[name])
    answer = await ask(opened_at(settings), own | TOKEN, foreign, by=by)
    assert (answer.status, answer.problem["type"].rpartition(":")[2]) == (400, "repeated-header")


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8080",
        "dayline.localhost:8080",
        "127.0.0.1",
        LAN,
        "[::1]:8080",
        "[2001:db8::7]",
        "my-server:8080",
        "my-server.local",
        "Board.Example.org",
    ],
)
async def test_without_a_base_address_names_that_no_stranger_can_take_are_own(
    settings: Settings, by: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "My-Server")
    app = opened_at(settings, host="board.example.org")
    origin = f"http://{host.lower()}"
    assert (await ask(app, {"host": host, "origin": origin}, by=by)).status == PASSES


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example@127.0.0.1",
        "[::1].evil.example",
        "localhost:8080/x",
        "1.2.3.4.5",
        "²",
    ],
)
async def test_without_a_base_address_other_names_are_refused(
    settings: Settings, by: str, host: str
) -> None:
    """A page of evil.example may have its name point at this machine."""
    headers = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    answer = await ask(opened_at(settings), headers, by=by)
    assert answer.status == UNKNOWN_HOST
    assert answer.problem["type"] == "urn:dayline:problem:unknown-host"
    assert "DAYLINE_BASE_URL" in answer.problem["detail"]


async def test_reading_by_another_name_is_refused_too(settings: Settings) -> None:
    transport = httpx.ASGITransport(app=opened_at(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as client:
        for path in ("/", "/api/account", "/healthz"):
            assert (await client.get(path)).status_code == UNKNOWN_HOST


async def test_with_a_base_address_the_host_name_says_nothing(settings: Settings, by: str) -> None:
    """A proxy may ask for its own name of this server; the page says what people opened."""
    app = opened_at(settings, base_url="https://dayline.example.org")
    own, other = {"origin": "https://dayline.example.org"}, {"origin": "http://backend:8080"}
    assert (await ask(app, {"host": "backend:8080"} | own, by=by)).status == PASSES
    assert (await ask(app, {"host": "backend:8080"} | other, by=by)).status == CROSS_SITE


async def test_a_refusal_and_the_log_name_the_origin_and_the_setting(
    settings: Settings, by: str
) -> None:
    app = opened_at(settings, base_url="https://dayline.example.org")
    with capture_logs() as lines:
        answer = await ask(app, {"host": "x"} | FOREIGN, by=by)
    assert answer.problem["origin"] == "https://evil.example"
    for name in ("https://evil.example", "DAYLINE_BASE_URL", "DAYLINE_ALLOWED_ORIGINS"):
        assert name in answer.problem["detail"]
    [line] = [line for line in lines if line["event"] == "origin refused"]
    assert (line["origin"], line["setting"]) == ("https://evil.example", "DAYLINE_BASE_URL")
    assert line["log_level"] == "warning"


async def test_behind_a_proxy_that_nobody_named_the_refusal_says_so(
    settings: Settings, by: str
) -> None:
    with capture_logs() as lines:
        answer = await ask(
            opened_at(settings), {"host": LAN, "origin": f"https://{LAN}"} | COOKIE, by=by
        )
    assert answer.status == CROSS_SITE
    assert "DAYLINE_TRUSTED_PROXIES" in answer.problem["detail"]
    assert "DAYLINE_BASE_URL" in answer.problem["detail"]
    assert [line["setting"] for line in lines if line["event"] == "origin refused"] == [
        "DAYLINE_TRUSTED_PROXIES"
    ]


async def test_what_is_repeated_of_an_origin_is_short(settings: Settings, by: str) -> None:
    answer = await ask(opened_at(settings), {"host": LAN, "origin": "x" * 5000}, by=by)
    assert len(answer.body) < 1500


async def test_a_named_proxy_says_that_people_use_https(settings: Settings) -> None:
    """Only the proxies that are named are believed; the feed and the changes agree."""
    forwarded = {"host": LAN, "origin": f"https://{LAN}", "x-forwarded-proto": "https"}
    for proxies, status in ((("127.0.0.1",), PASSES), ((), CROSS_SITE)):
        app = opened_at(settings, trusted_proxies=proxies)
        async with serving(app) as address, httpx.AsyncClient() as client:
            changed = await client.post(
                f"http://{address}/api/workspaces/acme/projects", json={}, headers=forwarded
            )
            upgrade = {
                "connection": "Upgrade",
                "upgrade": "websocket",
                "sec-websocket-version": "13",
                "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
            }
            opened = await client.get(
                f"http://{address}/api/workspaces/acme/feed", headers=forwarded | upgrade
            )
        assert (changed.status_code, opened.status_code) == (status, status)


@pytest.mark.parametrize(
    ("base_url", "link"),
    [(None, f"http://{LAN}/"), ("https://dayline.example.org", "https://dayline.example.org/")],
)
async def test_links_lead_where_the_page_was_opened(
    settings: Settings, team: Team, base_url: str | None, link: str
) -> None:
    app = opened_at(settings, base_url=base_url)
    shown = await signed_in(app, team.owner.account_id, datetime.now(UTC))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url=f"http://{LAN}",
        headers=shown | {"Origin": link.rstrip("/")},
    ) as owner:
        invite = {"email": "nia@example.org", "role": "member"}
        invited = await owner.post(f"{team.owner.base}/invites", json=invite)
        calendar = await owner.put(f"{team.owner.base}/me/calendar-link")
        mel = await team.add("mel")
        reset = await owner.post(f"{team.owner.base}/members/{mel.member_id}/password-reset")
    assert invited.json()["link"].startswith(f"{link}invite#")
    assert calendar.json()["url"].startswith(f"{link}api/calendars/")
    assert reset.json()["link"].startswith(f"{link}reset#")


async def test_beside_a_token_a_cookie_counts_for_nothing(app: FastAPI, team: Team) -> None:
    """A sign-in ends the session that the browser showed; a program with a token shows none."""
    sam = open_browser(app, "192.0.2.99")
    sam.http.cookies.set("dayline_session", new_secret("dlsession_"))
    sam.http.headers["Authorization"] = f"Bearer {team.owner.token}"
    async with sam.http:
        assert (await sam.get("/account")).status_code == 403  # a token's answer, not a cookie's
        assert (await sam.get(f"/workspaces/{team.slug}/members")).status_code == 200


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Dayline.Example.org:443/", "https://dayline.example.org"),
        ("http://[2001:db8::7]:8080", "http://[2001:db8::7]:8080"),
        ("http://box:80", "http://box"),
    ],
)
def test_origins_are_written_as_browsers_write_them(written: str, read: str) -> None:
    assert Settings(base_url=written).origin == read
    assert Settings(allowed_origins=(written,)).allowed_origins == (read,)


def test_an_address_of_numbers_is_an_origin_in_brackets() -> None:
    assert Settings(host="2001:db8::7", port=80).origin == "http://[2001:db8::7]:80"
