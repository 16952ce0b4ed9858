"""Slack exports, made in a test: small, and as odd as it likes."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

GENERAL = "C1"


def stamp(at: str) -> str:
    """The instant as Slack writes it, microseconds included: `2026-05-18T07:00:00Z`."""
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return f"{int(moment.timestamp())}.{moment.microsecond:06}"


class Archive:
    """An export of people and channels, to which a test adds what it is about."""

    def __init__(self) -> None:
        self.users: list[Any] = []
        self.lists: dict[str, list[Any]] = {"channels": []}
        self.days: dict[str, list[Any]] = {}
        self.others: dict[str, bytes] = {}

    def user(self, id_: str, tz: str | None = "UTC", **more: Any) -> str:
        """Somebody, who works in a zone; their handle is their id in lower case."""
        self.users.append({"id": id_, "name": id_.lower(), "tz": tz, **more})
        return id_

    def channel(self, id_: str, name: str, kind: str = "channels", **more: Any) -> str:
        """A channel, in the list of its kind."""
        self.lists.setdefault(kind, []).append({"id": id_, "name": name, **more})
        return id_

    def say(self, user: str, at: str, text: str, *, folder: str = "general", **more: Any) -> str:
        """Let somebody write; `thread` is the `ts` of the message that began it. Returns `ts`."""
        ts = stamp(at)
        if (thread := more.pop("thread", None)) is not None:
            more["thread_ts"] = thread
        self.entry({"type": "message", "user": user, "ts": ts, "text": text, **more}, folder)
        return ts

    def entry(self, entry: Any, folder: str = "general", day: str = "2026-05-18") -> None:
        """Any entry of a day."""
        self.days.setdefault(f"{folder}/{day}.json", []).append(entry)

    def write(self, folder: Path, inside: str = "") -> Path:
        """The zip file, with everything in its folder `inside`, like `export/`."""
        file = folder / "team.zip"
        files = {"users.json": self.users}
        files |= {f"{kind}.json": held for kind, held in self.lists.items()}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, held in {**files, **self.days}.items():
                archive.writestr(inside + path, json.dumps(held))
            for path, content in self.others.items():
                archive.writestr(inside + path, content)
        return file


def team() -> Archive:
    """Olena, Sam and Aiko with a channel, #general."""
    archive = Archive()
    archive.channel(GENERAL, "general")
    for id_ in ("UOLENA", "USAM", "UAIKO"):
        archive.user(id_)
    return archive
