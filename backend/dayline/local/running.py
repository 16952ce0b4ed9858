"""Where the embedded servers of a running installation are, for the operator's other commands."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dayline.kernel.ops.settings import Settings
from dayline.local.fault import Fault
from dayline.local.home import home_path

_NOTE = "running.json"
_FIELDS = {"database_url", "migrate_database_url", "redis_url", "host", "port", "base_url", "files"}


@contextmanager
def noted(home: Path, settings: Settings) -> Iterator[None]:
    """Keep a note of the addresses in `home` until the block ends."""
    note = home / _NOTE
    note.touch(mode=0o600)
    note.write_text(settings.model_dump_json(include=_FIELDS))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def of_running(settings: Settings) -> Settings:
    """The same settings, with the addresses of the installation that runs where none are set.

    Raises Fault when there is neither.
    """
    if settings.database_url is not None:
        return settings
    home = home_path(settings)
    try:
        note = json.loads((home / _NOTE).read_text())
    except OSError:
        raise Fault(
            "DAYLINE_DATABASE_URL is not set, and no `dayline up` runs with the data folder "
            f"{home}."
        ) from None
    return Settings(**(settings.model_dump() | note))
