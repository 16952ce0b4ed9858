"""The schemas of the files in a Slack export, with the fields that are used."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from dayline.core.phrase import Phrase
from dayline.kernel.http.reasons import reason_of
from dayline.kernel.schemas import Shape

_POSITION = re.compile(r"line (\d+) column (\d+)")


def _or_empty(value: Any) -> Any:
    return "" if value is None else value


def _or_none(value: Any) -> Any:
    return value or None


def _or_nothing(value: Any) -> Any:
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_or_empty)]
"""A text. Null means an empty one."""

Name = Annotated[str | None, BeforeValidator(_or_none)]
"""A text or None. An empty text means None."""

Id = Annotated[str, Shape("[A-Za-z0-9]{1,40}", Phrase("fields.slack-id"))]
Stamp = Annotated[str, Shape(r"[0-9]{1,11}(\.[0-9]{1,6})?", Phrase("fields.slack-time"))]
"""An instant in Slack's format: seconds since the epoch, with microseconds."""


class _Entry(BaseModel):
    """An entry. Slack adds fields at any time, so unknown ones are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Profile(_Entry):
    """A user's profile."""

    real_name: Name = None
    display_name: Name = None
    name: Name = None
    email: Name = None


class UserEntry(_Entry):
    """An entry of users.json."""

    id: Id
    name: Name = None
    real_name: Name = None
    tz: Name = None
    deleted: bool | None = None
    is_bot: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None
    profile: Profile | None = None


class Purpose(_Entry):
    """The purpose of a channel."""

    value: Text = ""


class ChannelEntry(_Entry):
    """An entry of channels.json, groups.json, mpims.json or dms.json."""

    id: Id
    name: Name = None
    members: Annotated[tuple[Id, ...], BeforeValidator(_or_nothing)] = ()
    purpose: Purpose | None = None
    is_archived: bool | None = None


class File(_Entry):
    """A file shared with a message. A deleted one has no name."""

    title: Name = None
    name: Name = None


class Attachment(_Entry):
    """What an integration attached to the message."""

    fallback: Text = ""
    text: Text = ""


class Edited(_Entry):
    """The last edit of a message."""

    ts: Stamp


class Bot(_Entry):
    """The integration that posted the message."""

    name: Name = None


class MessageEntry(_Entry):
    """An entry of a day's messages. It may be a notice, or a change or deletion of a message."""

    type: Text = ""
    subtype: Name = None
    ts: Stamp
    user: Annotated[Id | None, BeforeValidator(_or_none)] = None
    text: Text = ""
    thread_ts: Annotated[Stamp | None, BeforeValidator(_or_none)] = None
    edited: Edited | None = None
    files: Annotated[list[File], BeforeValidator(_or_nothing)] = []
    attachments: Annotated[list[Attachment], BeforeValidator(_or_nothing)] = []
    bot_id: Annotated[Id | None, BeforeValidator(_or_none)] = None
    username: Name = None
    bot_profile: Bot | None = None
    user_profile: Profile | None = None
    message: "MessageEntry | None" = None
    deleted_ts: Annotated[Stamp | None, BeforeValidator(_or_none)] = None


USERS = TypeAdapter(list[UserEntry])
CHANNELS = TypeAdapter(list[ChannelEntry])
MESSAGES = TypeAdapter(list[MessageEntry])


def what_is_wrong(error: ValidationError) -> tuple[int | None, Phrase]:
    """The number of the entry in a list in which an error is (from 1, or None), and the reason."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return None, _not_json(str(first.get("ctx", {}).get("error", "")))
    index, *steps = first["loc"] or ("",)
    if not isinstance(index, int):
        return None, Phrase("imports.reason-not-a-list")
    field = ".".join(str(step) for step in steps)
    if not field:
        return index + 1, Phrase("imports.reason-not-an-object")
    if first["type"] == "missing":
        return index + 1, Phrase("imports.reason-no-field", field=field)
    return index + 1, Phrase("imports.reason-field", field=field, reason=reason_of(first))


def _not_json(said: str) -> Phrase:
    """The reason for invalid JSON, with the position in the parser's message if it has one."""
    if found := _POSITION.search(said):
        return Phrase("imports.reason-not-json-at", line=found[1], column=found[2])
    return Phrase("imports.reason-not-json")
