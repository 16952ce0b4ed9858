"""What API schemas share: strict input, complete output, and text that PostgreSQL can hold."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$")


class Input(BaseModel):
    """What a client sends: unknown members are refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Output(BaseModel):
    """What a client gets: every member is always there, null where there is no fact."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def one_line(value: str) -> str:
    """The value, if it is one line; for strings of other lengths than those below."""
    if _CONTROL.search(value):
        raise ValueError("must be one line without control characters")
    return value


def _plain_text(value: str) -> str:
    if _CONTROL_IN_TEXT.search(value):
        raise ValueError("must not hold control characters")
    return value


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(one_line),
]
"""A title or a name: one line, 1 to 200 characters, trimmed."""

Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_plain_text)]
"""Markdown of up to 20,000 characters; may be empty."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_plain_text),
]
"""Markdown of 1 to 20,000 characters."""

Word = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
"""One line of up to 200 characters as it stands: path and query parameters."""


def _written_instant(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.match(value):
        raise ValueError("must be an instant with its offset, like 2026-05-22T17:30:00Z")
    return value


def _in_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError as fault:
        raise ValueError("must lie in the years 1 to 9999 in UTC") from fault


Instant = Annotated[AwareDatetime, BeforeValidator(_written_instant), AfterValidator(_in_utc)]
"""An instant as RFC 3339 writes it, always with an offset; numbers are refused. It is in UTC."""
