"""The files of a Slack export as they stand: what we take of each, and of what shape it must be."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from dayline.kernel.http.reasons import reason_of
from dayline.kernel.schemas import Shape


def _or_empty(value: Any) -> Any:
    return "" if value is None else value


def _or_none(value: Any) -> Any:
    return value or None


def _or_nothing(value: Any) -> Any:
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_or_empty)]
"""A text; null is none."""

Name = Annotated[str | None, BeforeValidator(_or_none)]
"""A text; an empty one is none."""

Id = Annotated[str, Shape("[A-Za-z0-9]{1,40}", "is not an id of Slack's")]
Stamp = Annotated[str, Shape(r"[0-9]{1,11}(\.[0-9]{1,6})?", "is not an instant of Slack's")]
"""Seconds since the epoch and microseconds, as Slack writes instants."""


class _Entry(BaseModel):
    """Slack adds fields as it likes; those that are not named here are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Profile(_Entry):
    """What people say about themselves."""

    real_name: Name = None
    display_name: Name = None
    name: Name = None
    email: Name = None


class UserEntry(_Entry):
    """One of users.json."""

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
    """What a channel is for."""

    value: Text = ""


class ChannelEntry(_Entry):
    """One of channels.json, groups.json, mpims.json or dms.json."""

    id: Id
    name: Name = None
    members: Annotated[tuple[Id, ...], BeforeValidator(_or_nothing)] = ()
    purpose: Purpose | None = None
    is_archived: bool | None = None


class File(_Entry):
    """One that was shared with a message. Of a deleted one not even the name is left."""

    title: Name = None
    name: Name = None


class Attachment(_Entry):
    """What integrations put beside the text."""

    fallback: Text = ""
    text: Text = ""


class Edited(_Entry):
    """That a message was edited."""

    ts: Stamp


class Bot(_Entry):
    """Which integration wrote."""

    name: Name = None


class MessageEntry(_Entry):
    """One of the messages of a day; also notices, and what was changed or deleted later."""

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


def what_is_wrong(error: ValidationError) -> tuple[str, str]:
    """Where in a list of entries, and why, as the ends of a sentence: ("entry 3", "…")."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        said = str(first["ctx"]["error"]) if "ctx" in first else first["msg"]
        return "", f"is not JSON: {said}"
    number, *steps = first["loc"] or ("",)
    field = ".".join(str(step) for step in steps)
    place = f"entry {number + 1}" if isinstance(number, int) else ""
    if not field:
        return place, "is not a list" if not place else "is not an object"
    return place, f"has no {field}" if first["type"] == "missing" else f"{field} {reason_of(first)}"
