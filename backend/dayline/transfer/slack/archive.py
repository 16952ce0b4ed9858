"""Reading a Slack export: the zip file that a workspace's owner downloads from Slack.

Damaged, missing or malformed files end the reading with an ArchiveFault that names them. What is
only odd becomes a finding: an unlisted user, an unknown zone, a folder without channel.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from dayline.core.boundaries import EPOCH
from dayline.core.phrase import Phrase
from dayline.kernel.text.zones import zone_names
from dayline.transfer.slack.entries import (
    CHANNELS,
    MESSAGES,
    USERS,
    ChannelEntry,
    MessageEntry,
    Profile,
    UserEntry,
    what_is_wrong,
)
from dayline.transfer.slack.export import Channel, ChannelKind, Export, Finding, Message, User
from dayline.transfer.slack.markup import mentions_in
from dayline.transfer.slack.zipped import ArchiveFault, Zipped, opened

__all__ = ["ArchiveFault", "read"]

_USER_LISTS = ("users.json", "org_users.json")
_WRITTEN = {None, "me_message", "file_share", "thread_broadcast", "bot_message"}
_DAY = re.compile(r"[^/]+/[0-9]{4}-[0-9]{2}-[0-9]{2}\.json")
_SLACKBOT = "USLACKBOT"

T = TypeVar("T")


def read(file: Path) -> Export:
    """Read a Slack export. Raises ArchiveFault."""
    with opened(file, _USER_LISTS) as zipped:
        return _Reader(zipped).export()


class _Reader:
    """Reads one archive and collects findings."""

    def __init__(self, zipped: Zipped) -> None:
        self._zipped = zipped
        self._days = _days_by_folder(zipped.paths())
        self._users: dict[str, User] = {}
        self._findings: list[Finding] = []
        self._skipped = Counter(notices=0, deleted=0, duplicates=0, no_author=0)

    def export(self) -> Export:
        for entry in self._entries(self._user_list(), USERS):
            self._users[entry.id] = self._user(entry)
        channels = list(self._channels())
        folders = self._folders(channels)
        messages = [
            message
            for folder, channel in folders.items()
            for message in self._messages(channel, folder)
        ]
        self._note_strangers(folders)
        return Export(
            users=tuple(self._users.values()),
            channels=tuple(channels),
            messages=tuple(sorted(messages, key=lambda message: message.at)),
            findings=tuple(self._findings),
            skipped=dict(self._skipped),
        )

    def _user_list(self) -> str:
        for path in _USER_LISTS:
            if path in self._zipped:
                return path
        raise self._zipped.fault(Phrase("imports.reason-no-users"))

    def _user(self, entry: UserEntry) -> User:
        handle = entry.name or entry.id.lower()
        said = entry.profile or Profile()
        return User(
            id=entry.id,
            handle=handle,
            name=said.real_name or entry.real_name or said.display_name or handle,
            zone=self._zone(entry),
            email=said.email,
            is_bot=bool(entry.is_bot) or entry.id == _SLACKBOT,
            is_guest=bool(entry.is_restricted or entry.is_ultra_restricted),
            is_deleted=bool(entry.deleted),
        )

    def _zone(self, entry: UserEntry) -> str | None:
        if entry.tz is None or entry.tz in zone_names():
            return entry.tz
        place = Phrase("imports.place-id", file=self._user_list(), id=entry.id)
        self._found(place, Phrase("imports.finding-zone", zone=entry.tz))
        return None

    def _channels(self) -> Iterator[Channel]:
        if f"{ChannelKind.PUBLIC}.json" not in self._zipped:
            raise self._zipped.fault(Phrase("imports.reason-no-channels"))
        seen: set[str] = set()
        for kind in ChannelKind:
            path = f"{kind}.json"
            for entry in self._entries(path, CHANNELS) if path in self._zipped else ():
                if entry.id in seen:
                    place = Phrase("imports.place-id", file=path, id=entry.id)
                    self._found(place, Phrase("imports.finding-twice"))
                    continue
                seen.add(entry.id)
                yield _channel(entry, kind)

    def _folders(self, channels: list[Channel]) -> dict[str, Channel]:
        """The channels by folder. A folder has the name or the id of its channel."""
        folders: dict[str, Channel] = {}
        for channel in channels:
            folder = next((name for name in (channel.name, channel.id) if name in self._days), None)
            if folder in folders:
                both = {"first": folders[folder].id, "second": channel.id}
                self._found(folder, Phrase("imports.finding-folder-of-two", **both))
            elif folder is not None:
                folders[folder] = channel
        return folders

    def _note_strangers(self, folders: dict[str, Channel]) -> None:
        """Report folders of no channel. They are not read: it is unknown who may see them."""
        for folder in sorted(self._days.keys() - folders.keys()):
            self._found(folder, Phrase("imports.finding-folder-of-none"))

    def _messages(self, channel: Channel, folder: str) -> Iterator[Message]:
        kept: dict[str, Message] = {}
        for path in self._days[folder]:
            for place, entry in enumerate(self._entries(path, MESSAGES), start=1):
                self._take(kept, channel, entry, _entry(path, place))
        return iter(kept.values())

    def _take(
        self,
        kept: dict[str, Message],
        channel: Channel,
        entry: MessageEntry,
        where: Phrase,
    ) -> None:
        """Apply one entry of a day to the messages kept so far."""
        changed = entry.message if entry.subtype == "message_changed" else None
        if entry.subtype == "message_deleted" and entry.deleted_ts in kept:
            del kept[entry.deleted_ts]
            self._skipped["deleted"] += 1
        elif changed is not None and changed.ts in kept:
            del kept[changed.ts]
            self._take(kept, channel, changed, where)
        elif entry.subtype == "tombstone":
            self._skipped["deleted"] += 1
        elif entry.type != "message" or entry.subtype not in _WRITTEN:
            self._skipped["notices"] += 1
        elif entry.ts in kept:
            self._skipped["duplicates"] += 1
        elif (author := self._author(entry, where)) is None:
            self._skipped["no_author"] += 1
            self._found(where, Phrase("imports.finding-no-author"))
        else:
            kept[entry.ts] = self._message(channel, author, entry, where)

    def _message(
        self, channel: Channel, author: User, entry: MessageEntry, where: Phrase
    ) -> Message:
        text = entry.text or "\n".join(held.fallback or held.text for held in entry.attachments)
        mentions = mentions_in(text)
        for mentioned in mentions:
            self._known(mentioned, None, where)
        return Message(
            channel=channel.id,
            user=author.id,
            ts=entry.ts,
            at=_instant(entry.ts),
            thread_ts=entry.thread_ts,
            text=text,
            mentions=mentions,
            files=tuple(held.title or held.name or "" for held in entry.files),
            subtype=entry.subtype,
            edited_at=_instant(entry.edited.ts) if entry.edited else None,
            is_bot=author.is_bot,
        )

    def _author(self, entry: MessageEntry, where: Phrase) -> User | None:
        """The author. A listed person counts as the author even if an app posted for them."""
        if entry.user in self._users:
            return self._users[entry.user]
        if entry.bot_id is not None:
            profile = entry.bot_profile and entry.bot_profile.name
            return self._bot(entry.user or entry.bot_id, profile or entry.username)
        if entry.user is None:
            return None
        return self._known(entry.user, entry.user_profile, where)

    def _bot(self, id_: str, name: str | None) -> User:
        made = User(id=id_, handle=id_.lower(), name=name or id_, is_bot=True, is_listed=False)
        return self._users.setdefault(id_, made)

    def _known(self, id_: str, profile: Profile | None, where: Phrase) -> User:
        """The user with an id. An unlisted one is reported once and named by profile or id."""
        if id_ == _SLACKBOT:
            return self._bot(id_, "Slackbot")
        if id_ not in self._users:
            said = profile or Profile()
            handle = said.name or id_.lower()
            name = said.real_name or said.display_name or said.name or id_
            self._users[id_] = User(id=id_, handle=handle, name=name, is_listed=False)
            self._found(where, Phrase("imports.finding-unlisted", id=id_))
        return self._users[id_]

    def _entries(self, path: str, shape: TypeAdapter[list[T]]) -> list[T]:
        try:
            return shape.validate_json(self._zipped.content(path))
        except ValidationError as error:
            number, reason = what_is_wrong(error)
            place = path if number is None else _entry(path, number)
            raise self._zipped.fault(reason, place) from None

    def _found(self, place: str | Phrase, reason: Phrase) -> None:
        self._findings.append(Finding(place, reason))


def _entry(path: str, number: int) -> Phrase:
    return Phrase("imports.place-entry", file=path, number=str(number))


def _days_by_folder(paths: list[str]) -> dict[str, list[str]]:
    """The paths of message files by folder, in the order of days. Other files are ignored."""
    days = filter(_DAY.fullmatch, sorted(paths))
    return {folder: list(held) for folder, held in groupby(days, lambda path: path.split("/")[0])}


def _channel(entry: ChannelEntry, kind: ChannelKind) -> Channel:
    return Channel(
        id=entry.id,
        name=entry.name or entry.id,
        kind=kind,
        members=entry.members,
        purpose=entry.purpose.value if entry.purpose else "",
        is_archived=bool(entry.is_archived),
    )


def _instant(stamp: str) -> datetime:
    seconds, _, fraction = stamp.partition(".")
    return EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction.ljust(6, "0")))
