"""What tests of attachments do again and again."""

from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from dayline.kernel.ops.files import FileStore
from tests.team import Person, Team

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde"


async def upload(
    person: Person,
    content: Any = b"A plan",
    name: str | None = None,
    declared: str = "text/plain",
    **headers: str,
) -> httpx.Response:
    """Send a file; `content` is bytes, or an iterator of them without a length."""
    return await person.http.post(
        f"{person.base}/attachments",
        params={} if name is None else {"name": name},
        content=content,
        headers={"Content-Type": declared} | {k.replace("_", "-"): v for k, v in headers.items()},
    )


async def uploaded(person: Person, content: bytes = b"A plan", **given: Any) -> Any:
    """A file that was taken, as the API shows it."""
    answer = await upload(person, content, **given)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def content_of(person: Person, attachment: Any, **headers: str) -> httpx.Response:
    return await person.http.get(
        f"{person.base}/attachments/{attachment['id']}/content",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def store_of(team: Team) -> FileStore:
    store: FileStore = team.app.state.files
    return store


def files_of(team: Team) -> set[Path]:
    """Every file of the workspace in the store."""
    return {
        path
        for path in (store_of(team).folder / str(team.workspace_id)).rglob("*")
        if path.is_file()
    }


def path_of(team: Team, attachment: Any) -> Path:
    return store_of(team).path(team.workspace_id, UUID(attachment["id"]))
