"""The data of a Slack export, after reading and checking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dayline.core.phrase import Phrase
from dayline.kernel.text.catalogs import render


class ChannelKind(StrEnum):
    """The list of the export in which a conversation appears."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    GROUP_DIRECT = "mpims"
    DIRECT = "dms"

    @property
    def is_direct(self) -> bool:
        """Whether only its members can see it."""
        return self is not ChannelKind.PUBLIC


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot. `zone` is in `zone_names()`, or None if the export has none.

    `is_listed` is False for an author or a mentioned user who is missing in the list of users.
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
        """Whether asks to them count. Bots and guests are never asked; people who left were."""
        return not (self.is_bot or self.is_guest)


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation, with the ids of its members."""

    id: str
    name: str
    kind: ChannelKind
    members: tuple[str, ...] = ()
    purpose: str = ""
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message in its final version.

    `channel`, `user` and `mentions` are ids, all of them known users or channels. `text` is in
    Slack's markup, and mentions in code don't count. `ts` is unique within the channel.
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
        """Unique in the workspace, and the same in every later export."""
        return f"{self.channel}:{self.ts}"

    @property
    def topic(self) -> str:
        """Its thread. All messages of a channel outside threads form one topic, too."""
        return f"{self.channel}:{self.thread_ts or ''}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd that did not prevent the export from being read."""

    place: str | Phrase
    reason: Phrase

    def __str__(self) -> str:
        return render(Phrase("imports.archive", place=self.place, reason=self.reason))


@dataclass(frozen=True, slots=True)
class Export:
    """A whole export. The messages are in the order in which they were written.

    `skipped` counts entries that are no messages: `notices`, `deleted`, `duplicates`, `no_author`.
    """

    users: tuple[User, ...]
    channels: tuple[Channel, ...]
    messages: tuple[Message, ...]
    findings: tuple[Finding, ...]
    skipped: Mapping[str, int]
