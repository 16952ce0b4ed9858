"""Where a running embedded installation stores its addresses for the operator's commands."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dayline.core.phrase import Phrase
from dayline.kernel.ops.fault import Fault
from dayline.kernel.ops.settings import Settings
from dayline.local.home import home_path

_NOTE = "running.json"
_FIELDS = {"database_url", "migrate_database_url", "redis_url", "host", "port", "base_url", "files"}


@contextmanager
def noted(home: Path, settings: Settings) -> Iterator[None]:
    """Store the addresses in `home` within the block."""
    note = home / _NOTE
    note.touch(mode=0o600)
    note.write_text(settings.model_dump_json(include=_FIELDS))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def of_running(settings: Settings) -> Settings:
    """The same settings, completed with the addresses of the running installation.

    Raises Fault if no database is set and no installation is running.
    """
    if settings.database_url is not None:
        return settings
    home = home_path(settings)
    try:
        note = json.loads((home / _NOTE).read_text())
    except OSError:
        raise Fault(Phrase("server.database-missing", folder=str(home))) from None
    return Settings(**(settings.model_dump() | note))
