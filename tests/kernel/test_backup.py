"""Backup and restore: all rows, a new epoch, all or nothing."""

import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from dayline.app import create_app
from dayline.kernel.db.database import Scope, enter_workspace
from dayline.kernel.ops.backup import backup, restore
from dayline.kernel.ops.backup_checks import BackupFault
from dayline.kernel.ops.files import FileStore
from dayline.kernel.ops.settings import Settings
from tests.attachments.files import content_of, files_of, path_of, uploaded
from tests.clock import MovableClock
from tests.team import Team


@pytest.fixture
def store(fresh_settings: Settings) -> FileStore:
    return FileStore(fresh_settings.files_folder)


async def feed_of(team: Team) -> tuple[str, int, int]:
    async with team.app.state.sessions() as session, session.begin():
        scope = Scope(team.workspace_id, team.clock.now, team.owner.member_id)
        await enter_workspace(session, scope)
        feed = (await session.execute(text("SELECT epoch, head FROM workspace_feed"))).one()
        events = await session.scalar(text("SELECT count(*) FROM events"))
        return str(feed.epoch), feed.head, events


async def new_team(settings: Settings) -> Team:
    return await Team.create(create_app(settings, MovableClock()), MovableClock())


async def test_a_restore_brings_every_row_back_under_a_new_epoch(
    fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    url = fresh_settings.database_url
    assert url is not None
    one, other = await new_team(fresh_settings), await new_team(fresh_settings)
    await one.add("sam")
    before = [await feed_of(team) for team in (one, other)]
    made = await backup(url, store, tmp_path / "all.zip")
    assert made.rows["members"] == 3
    await one.add("late")
    for team in (one, other):
        await team.app.state.engine.dispose()
    kept = (await restore(url, store, tmp_path / "all.zip")).kept
    after = [await feed_of(team) for team in (one, other)]
    assert [feed[1:] for feed in after] == [feed[1:] for feed in before]
    assert all(new[0] != old[0] for new, old in zip(after, before, strict=True))
    assert kept is not None
    with zipfile.ZipFile(kept) as replaced:
        assert json.loads(replaced.read("manifest.json"))["rows"]["members"] == 4
    for team in (one, other):
        await team.close()
        await team.app.state.engine.dispose()


async def test_a_broken_backup_changes_nothing(
    fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    url = fresh_settings.database_url
    assert url is not None
    team = await new_team(fresh_settings)
    whole = tmp_path / "whole.zip"
    await backup(url, store, whole)
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if "members" in name else content)
    before = await feed_of(team)
    await team.app.state.engine.dispose()
    with pytest.raises(BackupFault):
        await restore(url, store, broken)
    assert await feed_of(team) == before
    await team.close()
    await team.app.state.engine.dispose()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello"])
async def test_what_is_no_backup_is_refused(
    fresh_settings: Settings, store: FileStore, tmp_path: Path, content: bytes
) -> None:
    assert fresh_settings.database_url is not None
    file = tmp_path / "odd"
    file.write_bytes(content)
    with pytest.raises(BackupFault, match="isn’t a complete backup"):
        await restore(fresh_settings.database_url, store, file)
    with pytest.raises(BackupFault, match="There’s no file"):
        await restore(fresh_settings.database_url, store, tmp_path / "missing")


async def test_an_existing_file_is_not_overwritten(
    fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    assert fresh_settings.database_url is not None
    file = tmp_path / "mine"
    file.write_text("precious")
    with pytest.raises(BackupFault, match="already exists"):
        await backup(fresh_settings.database_url, store, file)
    assert file.read_text() == "precious"


async def test_files_come_back_and_others_go(
    fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    url = fresh_settings.database_url
    assert url is not None
    team = await new_team(fresh_settings)
    kept, lost = await uploaded(team.owner, b"kept"), await uploaded(team.owner, b"lost")
    made = await backup(url, store, tmp_path / "all.zip")
    assert made.files == 2
    path_of(team, lost).unlink()
    later = await uploaded(team.owner, b"later")
    other = store.folder / "not ours"
    other.write_text("somebody's")
    await team.app.state.engine.dispose()
    replaced = (await restore(url, store, tmp_path / "all.zip")).kept
    assert {path.read_bytes() for path in files_of(team)} == {b"kept", b"lost"}
    assert (await content_of(team.owner, kept)).content == b"kept"
    assert (await content_of(team.owner, later)).status_code == 404
    assert other.exists()
    await team.app.state.engine.dispose()
    assert replaced is not None
    await restore(url, store, replaced)
    assert {path.read_bytes() for path in files_of(team)} == {b"kept", b"later"}
    await team.close()
    await team.app.state.engine.dispose()


async def test_a_restore_that_fails_leaves_the_files_as_they_were(
    fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    url = fresh_settings.database_url
    assert url is not None
    team = await new_team(fresh_settings)
    gone = await uploaded(team.owner, b"gone")
    whole, broken = tmp_path / "whole.zip", tmp_path / "broken.zip"
    await backup(url, store, whole)
    path_of(team, gone).unlink()
    there = await uploaded(team.owner, b"there")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:-9] if "members" in name else content)
    await team.app.state.engine.dispose()
    with pytest.raises(BackupFault):
        await restore(url, store, broken)
    assert files_of(team) == {path_of(team, there)}
    await team.close()
    await team.app.state.engine.dispose()


async def test_a_backup_that_lacks_a_file_of_its_own_is_refused(
    fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    url = fresh_settings.database_url
    assert url is not None
    team = await new_team(fresh_settings)
    await uploaded(team.owner)
    whole, lacking = tmp_path / "whole.zip", tmp_path / "lacking.zip"
    await backup(url, store, whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(lacking, "w") as target:
        for name in source.namelist():
            if not name.startswith("files/"):
                target.writestr(name, source.read(name))
    await team.app.state.engine.dispose()
    with pytest.raises(BackupFault, match="isn’t a complete backup"):
        await restore(url, store, lacking)
    await team.close()
    await team.app.state.engine.dispose()


async def test_a_backup_from_before_there_were_files_is_restored(
    fresh_settings: Settings, store: FileStore, tmp_path: Path
) -> None:
    url = fresh_settings.database_url
    assert url is not None
    team = await new_team(fresh_settings)
    new, old = tmp_path / "new.zip", tmp_path / "old.zip"
    await backup(url, store, new)
    with zipfile.ZipFile(new) as source, zipfile.ZipFile(old, "w") as target:
        for name in source.namelist():
            if name != "manifest.json":
                target.writestr(name, source.read(name))
        manifest = json.loads(source.read("manifest.json")) | {"format": 1}
        del manifest["files"]
        target.writestr("manifest.json", json.dumps(manifest))
    await team.app.state.engine.dispose()
    assert (await restore(url, store, old)).kept is not None
    await team.close()
    await team.app.state.engine.dispose()
