"""The key of an installation: made once, for its user alone, and never replaced by itself."""

import stat
from pathlib import Path

import pytest

from dayline.kernel.ops.fault import Fault
from dayline.kernel.ops.settings import Settings
from dayline.local.secret import secret_key
from dayline.local.supervisor import child_environment


def test_it_is_made_once_for_this_user_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert Settings(secret_key=(key,)).secret_key == (key,)
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert secret_key(tmp_path) == key
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_what_a_crash_left_is_not_taken_for_a_key(tmp_path: Path) -> None:
    (tmp_path / "secret.part").write_text("half")
    assert secret_key(tmp_path) != "half"


def test_an_empty_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("\n")
    with pytest.raises(Fault, match="is empty"):
        secret_key(tmp_path)


def test_a_child_gets_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ("k" * 32, "o" * 32)
    child = child_environment(Settings(secret_key=keys))
    monkeypatch.setenv("DAYLINE_SECRET_KEY", child["DAYLINE_SECRET_KEY"])
    assert Settings().secret_key == keys
