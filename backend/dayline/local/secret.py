"""The secret key of an embedded installation, which encrypts stored secrets."""

import os
import secrets
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault, reason_of_error
from dayline.local.account import Account
from dayline.local.folders import give

_FILE = "secret.key"


def secret_key(home: Path, account: Account | None = None) -> str:
    """The key in `home`, created once, readable only for `account` (or this user). Raises Fault.

    It is written completely or not at all: a partial key would be lost with what it encrypted.
    """
    path = key_file(home)
    try:
        if not path.exists():
            _make(path)
        give(path, account)
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeError) as fault:
        reason = reason_of_error(fault)
        raise Fault(Phrase("server.key-unusable", file=str(path), reason=reason)) from None
    if not key:
        raise Fault(Phrase("server.key-empty", file=str(path)))
    return key


def key_file(home: Path) -> Path:
    """The path of the key of the installation in `home`."""
    return home / _FILE


def known_key(home: Path) -> tuple[str, ...]:
    """The key in `home` if there is one; none is created. Raises Fault if it can't be used."""
    return (secret_key(home),) if key_file(home).exists() else ()


def _make(path: Path) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(32) + "\n")
        out.flush()
        os.fsync(out.fileno())
    part.rename(path)
