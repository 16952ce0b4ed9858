"""What root hands to the account that serves, and what it leaves alone."""

import os
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from dayline.kernel.ops.fault import Fault
from dayline.kernel.ops.files import FileStore
from dayline.local.account import Account
from dayline.local.code import code_for
from dayline.local.folders import file_folder
from dayline.local.process import run
from dayline.local.secret import secret_key

from .installation import reachable_folder

NOBODY = Account("nobody", 65534, 65534)
ROOT = 0

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="hands files over")


@pytest.fixture
def home() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


def owner(path: Path) -> int:
    return path.lstat().st_uid


def kept_by_root(folder: Path) -> Path:
    """A file as a server that ran as root left it."""
    file = folder / str(uuid4()) / "ab" / str(uuid4())
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_text("kept")
    file.chmod(0o600)
    return file


def test_the_files_of_an_older_version_are_handed_over(home: Path) -> None:
    file = kept_by_root(home / "files")
    folder = file_folder(home / "files", NOBODY)
    assert {owner(path) for path in (folder, *folder.rglob("*"))} == {NOBODY.uid}
    assert run(["cat", file], account=NOBODY).stdout == "kept"


def test_a_link_among_them_leads_nowhere(home: Path) -> None:
    secret = home / "secret"
    secret.write_text("root's")
    file = kept_by_root(home / "files")
    (file.parent / str(uuid4())).symlink_to(secret)
    file_folder(home / "files", NOBODY)
    assert owner(secret) == ROOT


def test_a_folder_that_holds_more_is_left_as_it_is(home: Path) -> None:
    home.chmod(0o777)
    file = kept_by_root(home)
    (home / "thesis").mkdir()
    file_folder(home, NOBODY)
    assert [owner(path) for path in (home, home / "thesis", file)] == [ROOT, ROOT, NOBODY.uid]


def test_a_folder_that_the_account_cannot_write_to_is_refused(home: Path) -> None:
    (home / "thesis").mkdir()
    with pytest.raises(Fault, match=r"nobody.*can’t write to.*DAYLINE_FILES"):
        file_folder(home, NOBODY)


def test_the_key_is_for_the_account_alone(home: Path) -> None:
    secret_key(home)
    secret_key(home, NOBODY)
    key = (home / "secret.key").stat()
    assert (key.st_uid, stat.S_IMODE(key.st_mode)) == (NOBODY.uid, 0o600)


async def test_what_root_stores_belongs_to_who_owns_the_folder(home: Path) -> None:
    """As a restore does, which root runs."""
    store = FileStore(file_folder(home / "files", NOBODY), reserve=0)
    workspace_id, file_id = uuid4(), uuid4()

    async def chunks() -> AsyncIterator[bytes]:
        yield b"restored"

    await store.receive(workspace_id, file_id, chunks())
    assert {owner(path) for path in store.folder.rglob("*")} == {NOBODY.uid}


def test_the_account_can_run_what_lies_where_it_may_not_enter(home: Path) -> None:
    """The same command, wherever root's own Python and source are."""
    code = code_for(NOBODY, home)
    command = ["env", *(f"{name}={value}" for name, value in code.variables.items())]
    done = run([*command, *code.command, "serve", "--help"], account=NOBODY)
    assert (done.returncode, "Run one server process" in done.stdout) == (0, True), done.stderr
