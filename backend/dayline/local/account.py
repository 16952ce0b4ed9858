"""Which operating-system user runs PostgreSQL and Valkey: PostgreSQL refuses to be root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass

NAME = "dayline"


@dataclass(frozen=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int


def service_account() -> Account | None:
    """The unprivileged user for the servers when this process is root, None when it is not.

    Makes the system user `dayline` once; where that is not possible it is `nobody`.
    """
    if os.geteuid() != 0:
        return None
    return _find(NAME) or _make(NAME) or _find("nobody")


def current_user() -> str:
    """The name of the user of this process."""
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
