"""Refusals in plain words."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from dayline.core.phrase import Phrase
from dayline.kernel.http.reasons import reason_of
from dayline.kernel.schemas import Input, Line, Shape
from dayline.kernel.text.catalogs import render

HANDLE = render(Phrase("fields.handle"))


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Thing(Input):
    name: Line


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (Thing, {}, "Required."),
        (Thing, {"name": "a", "size": 1}, "This field isn’t supported here."),
        (Thing, {"name": ""}, "Required."),
        (Thing, {"name": "a" * 201}, "Use at most 200 characters."),
        (Thing, {"name": 1}, "Must be text."),
        (Thing, {"name": "a\nb"}, "Enter one line without control characters."),
        (Thing, [], "Must be an object."),
        (int, "one", "Enter a whole number."),
        (int, 1.5, "Enter a whole number."),
        (bool, "perhaps", "Must be true or false."),
        (Annotated[int, Field(ge=1)], 0, "Enter a number of at least 1."),
        (Annotated[int, Field(le=9)], 10, "Enter a number of at most 9."),
        (date, "22 May", "Enter a date, like 2026-05-22."),
        (UUID, "x", "Must be an id, like 01a20499-a1b0-7d98-bb77-1e2bdee032f9."),
        (Colour, "green", "Must be red or blue."),
        (Literal["a", "b"], "c", "Must be a or b."),
        (Annotated[list[int], Field(min_length=2)], [1], "Add at least 2 entries."),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "Add at most 1 entry."),
        (Annotated[str, Field(min_length=12)], "short", "Use at least 12 characters."),
        (Annotated[str, Shape("^a+$", Phrase("fields.handle"))], "b", HANDLE),
    ],
)
def test_a_reason_is_a_sentence(kind: Any, value: Any, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(value)
    assert render(reason_of(refused.value.errors()[0])) == reason
