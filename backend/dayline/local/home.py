"""The data folder of an embedded installation, used by one process at a time."""

import fcntl
import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault, reason_of_error
from dayline.kernel.ops.settings import Settings
from dayline.local.account import Account
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
        reason = reason_of_error(error)
        raise Fault(Phrase("server.home-unusable", folder=str(path), reason=reason)) from None
    if owner != os.geteuid():
        raise Fault(Phrase("server.home-of-another", folder=str(path), user=_user_name(owner)))
    if names - _SHARED and _LOCK not in names:
        raise Fault(Phrase("server.home-not-empty", folder=str(path)))
    path.chmod(0o711 if owner == 0 else 0o700)


def _claim(lock: int, path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Fault(Phrase("server.home-in-use", folder=str(path))) from None


def _check_entry(path: Path, account: Account | None) -> None:
    if account is None or run(["test", "-x", path], account=account).returncode == 0:
        return
    raise Fault(
        Phrase(
            "server.home-not-entered",
            user=account.name,
            folder=str(path),
            usual=str(SYSTEM_HOME),
        )
    )


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
