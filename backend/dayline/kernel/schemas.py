"""Shared parts of API schemas: strict input, complete output, and text PostgreSQL can store."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema
from pydantic_core.core_schema import (
    no_info_after_validator_function,
    no_info_wrap_validator_function,
)

from dayline.core.phrase import Phrase, Refused
from dayline.kernel.text import names

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$")


class Input(BaseModel):
    """What a client sends: unknown members are refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Output(BaseModel):
    """What a client gets: every member is always there, null where there is no fact."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Shape:
    """A format of a text: a pattern for programs, and a reason for people."""

    def __init__(self, pattern: str, reason: Phrase) -> None:
        self.pattern = pattern
        self.reason = reason

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(schema) | {"pattern": self.pattern}

    def _check(self, value: str) -> str:
        if re.fullmatch(self.pattern, value) is None:
            raise Refused(self.reason)
        return value


class IdOr:
    """An id or one of some words. A string in the document, with one reason for errors."""

    def __init__(self, *words: str) -> None:
        self.pattern = f"^({'|'.join(words)}|{_UUID})$"
        self.reason = Phrase("fields.id-or", words=words)

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_wrap_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}

    def _read(self, value: object, handler: ValidatorFunctionWrapHandler) -> object:
        try:
            return handler(value)
        except ValidationError as fault:
            raise Refused(self.reason) from fault


_UUID = "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"


def one_line(value: str) -> str:
    """Return the value if it is one line, of any length. Raises ValueError."""
    if _CONTROL.search(value):
        raise Refused(Phrase("fields.one-line"))
    return value


def plain_name(value: str) -> str:
    """Return the value if it is one visible line without hidden characters. Raises ValueError."""
    if names.has_hidden(one_line(value)):
        raise Refused(Phrase("fields.invisible"))
    return visible(value)


def visible(value: str) -> str:
    """Return the value if it has a visible character. Raises ValueError."""
    if not names.is_visible(value):
        raise Refused(Phrase("fields.visible"))
    return value


def _plain_text(value: str) -> str:
    if _CONTROL_IN_TEXT.search(value):
        raise Refused(Phrase("fields.control"))
    return value


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(plain_name),
]
"""A title or name: one line of 1 to 200 characters, trimmed, without hidden characters."""

Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_plain_text)]
"""Markdown of up to 20,000 characters, possibly empty."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_plain_text),
    AfterValidator(visible),
]
"""Markdown of 1 to 20,000 characters, at least one of them visible."""

Word = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
"""One line of up to 200 characters, not trimmed, for path and query parameters."""


def _written_instant(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.match(value):
        raise Refused(Phrase("fields.instant"))
    return value


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError as fault:
        raise Refused(Phrase("fields.years-1-9999")) from fault


Instant = Annotated[AwareDatetime, BeforeValidator(_written_instant), AfterValidator(_in_utc)]
"""An instant in UTC. Input must be RFC 3339 with an offset. Numbers are refused."""


# Fields that many documents share, with the one description of each.

Id = Annotated[UUID, Field(description="A permanent, unique id.")]
Rev = Annotated[
    int,
    Field(description="The revision. It grows with every change, and `If-Match` names it."),
]
CreatedAt = Annotated[datetime, Field(description="When this was created.")]
MemberId = Annotated[UUID, Field(description="The member's id.")]
MemberName = Annotated[str, Field(description="The member's name in this workspace.")]
MemberHandle = Annotated[
    str, Field(description="What others type after `@` to mention the member.", examples=["olena"])
]
Zone = Annotated[
    str, Field(description="The member's IANA time zone.", examples=["America/New_York"])
]
ReferenceZone = Annotated[
    str,
    Field(
        description="The IANA time zone in which the team compares times.",
        examples=["Europe/Kyiv"],
    ),
]
YourTime = Annotated[
    str,
    Field(
        description="The same instant in your time zone, with its UTC offset.",
        examples=["2026-05-22T17:30:00+03:00"],
    ),
]
