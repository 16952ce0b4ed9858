"""The data folder of an embedded installation, used by one process at a time."""

import fcntl
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dayline.kernel.ops.settings import Settings
from dayline.local.account import Account
from dayline.local.fault import Fault
from dayline.local.process import run

SYSTEM_HOME = Path("/var/lib/dayline")
_LOCK = "dayline.lock"
_SHARED = {"programs", "files"}


def home_path(settings: Settings) -> Path:
    """The data folder: as set, else in the user's home, or /var/lib/dayline for root."""
    is_default = settings.home == Settings.model_fields["home"].default
    if is_default and os.geteuid() == 0:
        return SYSTEM_HOME
    return settings.home.expanduser().absolute()


@contextmanager
def locked_home(path: Path, account: Account | None) -> Iterator[Path]:
    """Create the data folder if it is missing, and lock it for this process within the block.

    Raises Fault if it is in use, has other content, or can't be entered.
    """
    _adopt(path)
    lock = os.open(path / _LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        _claim(lock, path)
        _check_entry(path, account)
        yield path
    finally:
        os.close(lock)


def _adopt(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        names = set(os.listdir(path))
        owner = path.stat().st_uid
    except OSError as error:
        raise Fault(f"The data folder {path} cannot be used: {error.strerror}.") from None
    if owner != os.geteuid():
        raise Fault(
            f"The data folder {path} belongs to {_user_name(owner)}: "
            "run Dayline as that user, or set DAYLINE_HOME to another folder."
        )
    if names - _SHARED and _LOCK not in names:
        raise Fault(
            f"The folder {path} holds files that are not Dayline's: "
            "set DAYLINE_HOME to an empty or a new folder."
        )
    path.chmod(0o711 if owner == 0 else 0o700)


def _claim(lock: int, path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Fault(
            f"Dayline is already running with the data folder {path}: "
            "stop it, or set DAYLINE_HOME to another folder."
        ) from None


def _check_entry(path: Path, account: Account | None) -> None:
    if account is None or run(["test", "-x", path], account=account).returncode == 0:
        return
    raise Fault(
        f"The user {account.name}, who runs Dayline because root should not, cannot enter {path}: "
        f"set DAYLINE_HOME to a folder that others may enter, or leave it out for {SYSTEM_HOME}."
    )


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
