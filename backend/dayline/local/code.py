"""Making Dayline's own code executable for the unprivileged user.

Root's Python, packages and source are often under /root, which no one else can enter. What the user
can't run is copied: Python with the packages once per set of versions, the source at each start.
"""

import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from dayline.local.account import Account
from dayline.local.process import run
from dayline.local.programs import open_for_reading, shared_folder

_SOURCE = Path(__file__).parents[1]
_PROGRAM = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
"""The interpreter that the virtual environment is based on."""

_PROBE = "import dayline.kernel.ops.settings, dayline.local.account"
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[([^]]*)\])?")
_NOT_NEEDED = shutil.ignore_patterns(
    *("test", "tests", "idlelib", "lib2to3", "tkinter", "turtledemo", "ensurepip"),
    *("site-packages", "config-*"),
)


@dataclass(frozen=True)
class Code:
    """How to run `dayline`: the command with its first arguments, and environment variables."""

    command: tuple[str, ...] = (sys.executable, "-m", "dayline")
    variables: dict[str, str] = field(default_factory=dict)


def code_for(account: Account | None, home: Path) -> Code:
    """How `account` can run Dayline. The source is copied to `home` if necessary."""
    if account is None or _can_run(account):
        return Code()
    source, python = _copied_source(home), _copied_python()
    program = python / "bin" / _PROGRAM.name
    variables = {"PYTHONPATH": str(source), "LD_LIBRARY_PATH": str(python / "lib")}
    return Code((str(program), "-P", "-m", "dayline"), variables)


def _can_run(account: Account) -> bool:
    try:
        return run([sys.executable, "-c", _PROBE], account=account).returncode == 0
    except OSError:  # the interpreter is not accessible
        return False


def _copied_source(home: Path) -> Path:
    """Replace the copy of the package by its current version. Returns the folder."""
    code = home / "code"
    shutil.rmtree(code, ignore_errors=True)
    shutil.copytree(_SOURCE, code / _SOURCE.name)
    open_for_reading(code)
    return code


def _copied_python() -> Path:
    """A copy of the interpreter, its library, and the packages that Dayline needs."""
    needed = sorted(_needed("dayline"), key=lambda each: each.name)
    versions = repr([sys.version, sys.base_prefix, [(d.name, d.version) for d in needed]])
    named = hashlib.sha256(versions.encode()).hexdigest()[:16]

    def fill(fresh: Path) -> None:
        library = _copy_interpreter(fresh)
        for each in needed:
            _copy_package(each, library / "site-packages")

    return shared_folder(f"python-{sys.version_info[0]}.{sys.version_info[1]}-{named}", fill)


def _copy_interpreter(to: Path) -> Path:
    """Copy the interpreter. Returns the copy of its standard library."""
    library = Path(shutil.__file__).parent
    (to / "bin").mkdir()
    shutil.copy2(_PROGRAM, to / "bin" / _PROGRAM.name)
    shutil.copytree(library, to / "lib" / library.name, ignore=_NOT_NEEDED)
    for shared in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
        shutil.copy2(shared, to / "lib" / shared.name)
    return to / "lib" / library.name


def _needed(name: str, extras: str = "", known: set[str] | None = None) -> Iterator[Distribution]:
    """The installed packages that a package depends on, directly or indirectly."""
    known = set() if known is None else known
    for line in distribution(name).requires or ():
        wanted, _, marker = line.partition(";")
        if "extra" in marker and not any(f"{each!r}" in _quoted(marker) for each in _parts(extras)):
            continue
        found = _REQUIREMENT.match(wanted)
        if found is None or found[0] in known:
            continue
        known.add(found[0])
        try:
            yield distribution(found[1])
        except PackageNotFoundError:  # only for another platform
            continue
        yield from _needed(found[1], found[2] or "", known)


def _quoted(marker: str) -> str:
    return marker.replace('"', "'")


def _parts(extras: str) -> list[str]:
    return [each.strip() for each in extras.split(",") if each.strip()]


def _copy_package(package: Distribution, to: Path) -> None:
    """Copy a package's files without its command-line scripts."""
    for file in package.files or ():
        source = Path(str(package.locate_file(file)))
        if file.parts[0] != ".." and source.is_file():
            (to / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, to / file)
