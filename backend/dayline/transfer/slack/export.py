"""What a Slack export says, once it is read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChannelKind(StrEnum):
    """Which list of the export names a conversation."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    GROUP_DIRECT = "mpims"
    DIRECT = "dms"

    @property
    def is_direct(self) -> bool:
        """Whether it belongs to those who take part in it, and to nobody else."""
        return self is not ChannelKind.PUBLIC


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot. `zone` is a name in `zone_names()`, or None where the export has none.

    Who wrote or was mentioned without standing in the list of users is not `is_listed`.
    """

    id: str
    handle: str
    name: str
    zone: str | None = None
    email: str | None = None
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    is_listed: bool = True

    @property
    def can_be_asked(self) -> bool:
        """Bots and guests owe nobody an answer; who has left since did."""
        return not (self.is_bot or self.is_guest)


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation, and the ids of those who are in it."""

    id: str
    name: str
    kind: ChannelKind
    members: tuple[str, ...] = ()
    purpose: str = ""
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, as it read at last.

    `channel`, `user` and `mentions` are ids; everybody they name is among the users. `text` is in
    Slack's own markup; mentions in code are none. `ts` tells the messages of a channel apart.
    """

    channel: str
    user: str
    ts: str
    at: datetime
    thread_ts: str | None
    text: str
    mentions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    subtype: str | None = None
    edited_at: datetime | None = None
    is_bot: bool = False

    @property
    def id(self) -> str:
        """Unique in its workspace, and the same in every later export."""
        return f"{self.channel}:{self.ts}"

    @property
    def topic(self) -> str:
        """Its thread; all that a channel holds outside of threads is one topic, too."""
        return f"{self.channel}:{self.thread_ts or ''}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd that did not keep the export from being read."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.reason}."


@dataclass(frozen=True, slots=True)
class Export:
    """A whole export. The messages are in the order in which they were written.

    `skipped` counts what is no message, by why: `notices`, `deleted`, `duplicates`, `no_author`.
    """

    users: tuple[User, ...]
    channels: tuple[Channel, ...]
    messages: tuple[Message, ...]
    findings: tuple[Finding, ...]
    skipped: Mapping[str, int]
