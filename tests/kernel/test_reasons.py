"""Refusals in plain words."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from dayline.kernel.http.reasons import reason_of
from dayline.kernel.schemas import Input, Line, Shape


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Thing(Input):
    name: Line


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (Thing, {}, "is missing"),
        (Thing, {"name": "a", "size": 1}, "is not known here"),
        (Thing, {"name": ""}, "must not be empty"),
        (Thing, {"name": "a" * 201}, "must have at most 200 characters"),
        (Thing, {"name": 1}, "must be text"),
        (Thing, {"name": "a\nb"}, "must be one line without control characters"),
        (Thing, [], "must be an object"),
        (int, "one", "must be a whole number"),
        (int, 1.5, "must be a whole number"),
        (bool, "perhaps", "must be true or false"),
        (Annotated[int, Field(ge=1)], 0, "must be at least 1"),
        (Annotated[int, Field(le=9)], 10, "must be at most 9"),
        (date, "22 May", "must be a day, like 2026-05-22"),
        (UUID, "x", "must be an id, like 01a20499-a1b0-7d98-bb77-1e2bdee032f9"),
        (Colour, "green", "must be one of 'red' or 'blue'"),
        (Literal["a", "b"], "c", "must be one of 'a' or 'b'"),
        (Annotated[list[int], Field(min_length=2)], [1], "must have at least 2 entries"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "must have at most 1 entries"),
        (Annotated[str, Field(min_length=12)], "short", "must have at least 12 characters"),
        (Annotated[str, Shape("^a+$", "must be the letter a")], "b", "must be the letter a"),
    ],
)
def test_a_reason_is_a_sentence_that_begins_with_the_field(
    kind: Any, value: Any, reason: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(value)
    assert reason_of(refused.value.errors()[0]) == reason
