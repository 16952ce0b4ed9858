"""What `dayline backup` and `dayline restore` write, say and refuse."""

import asyncio
import io
import json
import subprocess
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from dayline.app import create_app
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.ops.backup import FORMAT, backup, restore
from dayline.kernel.ops.backup_checks import BackupFault
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.settings import Settings
from tests.attachments.files import content_of, path_of, uploaded
from tests.clock import MovableClock
from tests.local.installation import DAYLINE, dayline, environment, is_refused
from tests.logs import KEY
from tests.team import Team

Change = Callable[[str, bytes], bytes]


@pytest.fixture
async def team(fresh_settings: Settings) -> AsyncIterator[Team]:
    """A team in an installation of its own that may keep secrets."""
    settings = fresh_settings.model_copy(update={"secret_key": (KEY,)})
    team = await Team.create(create_app(settings, MovableClock()), MovableClock())
    yield team
    await team.close()
    await team.app.state.engine.dispose()


@pytest.fixture
def url(fresh_settings: Settings) -> str:
    return fresh_settings.database_url or ""


@pytest.fixture
def store(fresh_settings: Settings) -> FileStore:
    return FileStore(fresh_settings.files_folder)


def changed(whole: Path, broken: Path, change: Change) -> None:
    """A copy of a backup, each part of it as `change` makes it."""
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))


def half_of_members(name: str, content: bytes) -> bytes:
    return content[: len(content) // 2] if name == "tables/members.copy" else content


def of_a_later_format(name: str, content: bytes) -> bytes:
    if name != "manifest.json":
        return content
    return json.dumps(json.loads(content) | {"format": FORMAT + 1, "more": {}}).encode()


def all_in(folder: Path) -> set[Path]:
    """Every file and folder in it, however deep."""
    return set(folder.rglob("*"))


def piped(*arguments: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose output is no text."""
    return subprocess.run(
        [*DAYLINE, *arguments],
        env=environment(**settings),
        capture_output=True,
        timeout=90,
        check=False,
    )


async def subscribed(team: Team) -> None:
    new = {"name": "#ops", "kinds": ["breach"]}
    hook = "https://hooks.slack.com/services/T000/B000/XXXX"
    answer = await team.owner.post("/subscriptions", new | {"url": hook})
    assert answer.status_code == 201, answer.text


def of_no_revision(name: str, content: bytes) -> bytes:
    if name != "manifest.json":
        return content
    return json.dumps(json.loads(content) | {"revision": "zzzz"}).encode()


def endlessly_nested(name: str, content: bytes) -> bytes:
    return b"[" * 200_000 if name == "manifest.json" else content


REFUSED: dict[Change, str] = {
    half_of_members: "isn’t a complete backup",
    of_a_later_format: "newer version of Dayline",
    of_no_revision: "isn’t a complete backup",
    endlessly_nested: "isn’t a complete backup",
}


@pytest.mark.parametrize("change", REFUSED)
async def test_a_refused_restore_leaves_nothing_behind(
    team: Team, url: str, store: FileStore, tmp_path: Path, change: Change
) -> None:
    gone = await uploaded(team.owner, b"gone")
    await backup(url, store, tmp_path / "whole.zip")
    changed(tmp_path / "whole.zip", tmp_path / "broken.zip", change)
    path = path_of(team, gone)
    path.unlink()
    path.parent.rmdir()
    path.parent.parent.rmdir()
    await team.app.state.engine.dispose()
    before = all_in(tmp_path)
    with pytest.raises(BackupFault, match=REFUSED[change]):
        await restore(url, store, tmp_path / "broken.zip")
    assert all_in(tmp_path) == before


async def test_a_damaged_file_in_a_backup_leaves_nothing_behind(
    team: Team, url: str, store: FileStore, tmp_path: Path
) -> None:
    path = path_of(team, await uploaded(team.owner, b"a file to find in the zip"))
    await backup(url, store, tmp_path / "whole.zip")
    damaged = (tmp_path / "whole.zip").read_bytes().replace(b"a file to find", b"a file to lose")
    (tmp_path / "damaged.zip").write_bytes(damaged)
    path.unlink()
    await team.app.state.engine.dispose()
    before = all_in(tmp_path)
    with pytest.raises(BackupFault, match="isn’t a complete backup"):
        await restore(url, store, tmp_path / "damaged.zip")
    assert all_in(tmp_path) == before


async def test_what_no_reader_can_unpack_is_refused(
    team: Team, url: str, store: FileStore, tmp_path: Path
) -> None:
    await backup(url, store, tmp_path / "whole.zip")
    packed = bytearray((tmp_path / "whole.zip").read_bytes())
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1  # the last entry, the manifest, is encrypted
    (tmp_path / "encrypted.zip").write_bytes(packed)
    await team.app.state.engine.dispose()
    with pytest.raises(BackupFault, match="isn’t a complete backup"):
        await restore(url, store, tmp_path / "encrypted.zip")
    with pytest.raises(BackupFault, match="isn’t a file"):
        await restore(url, store, Path("/dev/zero"))


@pytest.mark.parametrize("name", ["x" * 300, "x" * 252])
async def test_a_backup_that_no_folder_takes_is_refused(
    url: str, store: FileStore, tmp_path: Path, name: str
) -> None:
    if len(name) < 255:
        (tmp_path / name).touch()
    with pytest.raises(BackupFault):
        await backup(url, store, tmp_path / name)
    with pytest.raises(BackupFault, match="can’t be written"):
        await backup(url, store, Path("/etc/passwd/x.zip"))


async def test_two_backups_to_one_name_write_to_no_common_file(
    team: Team, url: str, store: FileStore, tmp_path: Path
) -> None:
    both = await asyncio.gather(
        *(backup(url, store, tmp_path / "one.zip") for _ in range(2)), return_exceptions=True
    )
    assert any(not isinstance(each, BaseException) for each in both)
    assert [path.name for path in all_in(tmp_path) if path.suffix in {".zip", ".part"}] == [
        "one.zip"
    ]
    await team.app.state.engine.dispose()
    await restore(url, store, tmp_path / "one.zip")


async def move_head(team: Team, by: int) -> None:
    async with team.app.state.sessions() as session, session.begin():
        await enter_workspace(session, Scope(team.workspace_id, team.clock.now, None))
        await session.execute(text("UPDATE workspace_feed SET head = head + :by"), {"by": by})


@pytest.mark.parametrize("by", [1, -1])
async def test_a_backup_that_lacks_events_fails(
    team: Team, url: str, store: FileStore, tmp_path: Path, by: int
) -> None:
    await move_head(team, by)
    with pytest.raises(BackupFault, match=f"{team.slug} has .* events, but its feed counts"):
        await backup(url, store, tmp_path / "all.zip")
    assert not [path for path in all_in(tmp_path) if path.name.startswith("all")]


async def test_a_damaged_installation_can_be_replaced(
    team: Team, url: str, store: FileStore, tmp_path: Path
) -> None:
    await backup(url, store, tmp_path / "good.zip")
    await move_head(team, 1)
    await team.app.state.engine.dispose()
    assert (await restore(url, store, tmp_path / "good.zip")).kept is not None
    await backup(url, store, tmp_path / "again.zip")


async def test_a_backup_can_be_written_to_standard_output(
    team: Team, url: str, fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    made = await uploaded(team.owner, b"kept")
    settings = {"database_url": url, "files": fresh_settings.files_folder}
    done = piped("backup", "-", **settings)
    assert done.returncode == 0, done.stderr
    assert b"1 file" in done.stderr
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        assert archive.testzip() is None
    (tmp_path / "piped.zip").write_bytes(done.stdout)
    path_of(team, made).unlink()
    await team.app.state.engine.dispose()
    await restore(url, store, tmp_path / "piped.zip")
    assert (await content_of(team.owner, made)).content == b"kept"


async def test_a_backup_to_standard_output_that_fails_says_so(team: Team, url: str) -> None:
    await move_head(team, 1)
    done = dayline("backup", "-", database_url=url)
    assert is_refused(done, "events")


async def test_it_says_which_key_to_keep_and_what_goes_on_after_a_restore(
    team: Team, url: str, fresh_settings: Settings, tmp_path: Path
) -> None:
    settings = {"database_url": url, "files": fresh_settings.files_folder}
    file = str(tmp_path / "all.zip")
    nothing_sealed = dayline("backup", str(tmp_path / "none.zip"), **settings)
    assert "include the key" not in nothing_sealed.stdout
    await subscribed(team)
    made = dayline("backup", file, **settings)
    assert "DAYLINE_SECRET_KEY" in made.stdout, made.stderr
    await team.app.state.engine.dispose()
    same_key = dayline("restore", file, **settings, secret_key=KEY)
    for word in ("Everyone needs to sign in again", "tokens", "calendar links", "invites"):
        assert word in same_key.stdout, same_key.stderr
    assert "can’t read" not in same_key.stdout
    other_key = dayline("restore", file, **settings, secret_key=KEY[::-1])
    assert "can’t read 1 Slack webhook" in other_key.stdout, other_key.stderr
