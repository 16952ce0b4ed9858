"""The operating-system user that runs the servers, because PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass

NAME = "dayline"


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int


def service_account() -> Account | None:
    """The unprivileged user for the servers if this process is root, else None.

    Creates the system user `dayline` once. If that fails, the user is `nobody`.
    """
    if os.geteuid() != 0:
        return None
    return _find(NAME) or _make(NAME) or _find("nobody")


def current_user() -> str:
    """The name of the user who runs this process."""
    return pwd.getpwuid(os.geteuid()).pw_name


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _make(name: str) -> Account | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run(  # noqa: S603
        [useradd, *options, "--shell", "/usr/sbin/nologin", name], check=False, capture_output=True
    )
    return _find(name)
