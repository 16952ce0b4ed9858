"""Logs: a JSON object a line, with the request's id, and never a secret."""

import json
from collections.abc import Iterator
from io import StringIO
from uuid import uuid4

import httpx
import pytest
import structlog
from fastapi import FastAPI

from dayline.kernel.ops.logging import redact
from dayline.kernel.ops.outgoing import Outgoing
from dayline.kernel.text.tokens import new_secret
from tests.logs import KEY, Watch, secrets_in, written_log
from tests.members.browser import PASSWORD, new_address, open_browser
from tests.notify.stub import slack_stub
from tests.team import Team


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is written as the server writes it."""
    with written_log("debug") as written:
        yield written


PREFIXES = ("dl_", "dlsession_", "dlbrowser_", "dlinvite_", "dlreset_", "dlsetup_", "dlcalendar_")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_secrets_are_redacted_wherever_they_stand(prefix: str) -> None:
    secret = new_secret(prefix)
    line = redact(
        None,
        "info",
        {
            "event": f"opened http://localhost/#token={secret}",
            "exception": f"ValueError: {secret!r}",
            "inner": {"list": [f"x {secret}", {"password": "hunter2"}]},
            "Authorization": "Bearer short",
            "set-cookie": "dayline_session=short",
            "database": "postgresql+asyncpg://dayline:hunter2@db/dayline",
            "kept": "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
        },
    )
    for hidden in (secret, "short", "hunter2", "aGFzaA"):
        assert hidden not in str(line)
    assert str(line["database"]).endswith("://[redacted]db/dayline")


def test_what_is_no_secret_is_kept() -> None:
    line = {"event": "request", "path": "/api/account", "status": 200, "ms": 1.5, "none": None}
    assert redact(None, "info", dict(line)) == line


async def test_neither_cookies_nor_passwords_nor_tokens_reach_the_log(
    app: FastAPI, team: Team, visitor: httpx.AsyncClient, log: StringIO
) -> None:
    password, cookie = "a very particular phrase", new_secret("dlsession_")
    browser = open_browser(app, new_address())
    browser.http.cookies.set("dayline_session", cookie)
    async with browser.http:
        await browser.sign_in(f"{uuid4()}@example.org", password)
        await browser.get("/account")
        await browser.get(f"/workspaces/{cookie}/members?q={password}")
    await team.owner.get("/me")
    await visitor.post("/api/invites/preview", json={"token": "particular"})
    written = log.getvalue()
    lines = [json.loads(line) for line in written.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["status"] for line in requests] == [401, 401, 422, 200, 409]
    assert all(len(line["request_id"]) == 32 for line in requests)
    for hidden in (password, "particular", cookie, team.owner.token):
        assert hidden not in written


async def test_the_address_of_a_webhook_does_not_reach_the_log(log: StringIO) -> None:
    async with slack_stub() as stub:
        outgoing = Outgoing([f"127.0.0.1:{stub.port}"])
        await outgoing.post(stub.url("ops"), {})
        structlog.get_logger("test").info("sent", fault=f"no answer from {stub.url('ops')}")
    await outgoing.close()
    assert "no answer" in log.getvalue()
    assert "secret-of-ops" not in log.getvalue()


def test_the_run_is_watched_for_secrets(log_watch: Watch) -> None:
    """What the watch sees is what the server would write."""
    seen = log_watch.lines
    structlog.get_logger("dayline.test").info("a line", path=f"/{new_secret('dl_')}")
    assert log_watch.lines == seen + 1
    assert log_watch.caught == []


@pytest.mark.parametrize(
    "secret",
    [
        *(f"{prefix}{'x' * 43}" for prefix in PREFIXES),
        PASSWORD,
        KEY,
        "$argon2id$v=19$m=19456",
        "http://stub/services/T0/B0/secret-of-ops",
        "postgresql://dayline:hunter2@db/dayline",
        "gAAAAABnVkZtc2VjcmV0LXNlY3JldA",
    ],
)
def test_the_watch_catches_what_is_not_redacted(secret: str) -> None:
    watch = Watch()
    watch.write(json.dumps({"event": "request", "path": f"/x/{secret}"}) + "\n")
    assert watch.caught
    assert secrets_in(json.dumps({"event": "request", "status": 200})) == []
