"""Revisions: an edit names the revision it is based on, so that it overwrites nothing unseen."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Header

from dayline.core.phrase import Phrase
from dayline.kernel.db.columns import Revised
from dayline.kernel.errors import Invalid, RevisionMismatch, RevisionNeeded

_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')


def etag(rev: int) -> str:
    """Return the ETag of a revision: the number in quotes."""
    return f'"{rev}"'


async def _expected_rev(
    if_match: Annotated[
        str | None,
        Header(
            description="The ETag that you read. Without it the response is 428, and if it is "
            "out of date 412.",
            examples=['"1"'],
        ),
    ] = None,
) -> int:
    if if_match is None:
        raise RevisionNeeded
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise Invalid.field("If-Match", Phrase("fields.etag"))
    return int(found[1])


ExpectedRev = Annotated[int, Depends(_expected_rev)]

IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="if-none-match",
        description="The ETag of what you have. If nothing changed, the response is 304 "
        "without a body.",
    ),
]
"""Declares the header in the document. The route reads it from the request."""


def check_rev(row: Revised, expected: int) -> None:
    """Raise RevisionMismatch unless the row has this revision."""
    if row.rev != expected:
        raise RevisionMismatch(rev=row.rev)


def changes_of(row: Revised, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `wanted` whose values differ from the row's."""
    return {field: value for field, value in wanted.items() if value != getattr(row, field)}


def apply(row: Revised, changes: Mapping[str, Any]) -> None:
    """Set these fields of the row."""
    for field, value in changes.items():
        setattr(row, field, value)
