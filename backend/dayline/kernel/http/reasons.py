"""Reasons for refused values: a sentence for each of Pydantic's errors."""

from collections.abc import Callable, Mapping
from typing import Any

from dayline.core.phrase import Phrase, Refused

_BOOLEAN = Phrase("fields.boolean")
_DATE = Phrase("fields.date")
_ID = Phrase("fields.id")
_INSTANT = Phrase("fields.instant")
_LIST = Phrase("fields.list")
_OBJECT = Phrase("fields.object")
_TEXT = Phrase("fields.text")
_WHOLE_NUMBER = Phrase("fields.whole-number")

_PLAIN = {
    "bool_parsing": _BOOLEAN,
    "bool_type": _BOOLEAN,
    "bytes_type": _TEXT,
    "date_from_datetime_inexact": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "datetime_from_date_parsing": _INSTANT,
    "datetime_object_invalid": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_type": _INSTANT,
    "dict_type": _OBJECT,
    "extra_forbidden": Phrase("fields.unknown"),
    "int_from_float": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": Phrase("fields.smaller-number"),
    "int_type": _WHOLE_NUMBER,
    "json_invalid": Phrase("fields.json"),
    "list_type": _LIST,
    "missing": Phrase("fields.missing"),
    "model_attributes_type": _OBJECT,
    "model_type": _OBJECT,
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "tuple_type": _LIST,
    "union_tag_not_found": Phrase("fields.kind-missing"),
    "uuid_parsing": _ID,
    "uuid_type": _ID,
}
"""Reasons by Pydantic's kind of error."""

_Context = Mapping[str, Any]

_WITH_LIMITS: dict[str, Callable[[_Context], Phrase]] = {
    "enum": lambda ctx: _one_of(ctx["expected"]),
    "greater_than": lambda ctx: Phrase("fields.more-than", least=ctx["gt"]),
    "greater_than_equal": lambda ctx: Phrase("fields.at-least", least=ctx["ge"]),
    "less_than": lambda ctx: Phrase("fields.less-than", most=ctx["lt"]),
    "less_than_equal": lambda ctx: Phrase("fields.at-most", most=ctx["le"]),
    "literal_error": lambda ctx: _one_of(ctx["expected"]),
    "string_too_long": lambda ctx: Phrase("fields.longest", most=ctx["max_length"]),
    "string_too_short": lambda ctx: _shortest(ctx["min_length"]),
    "too_long": lambda ctx: Phrase("fields.most-entries", most=ctx["max_length"]),
    "too_short": lambda ctx: Phrase("fields.fewest-entries", least=ctx["min_length"]),
    "union_tag_invalid": lambda ctx: _one_of(ctx["expected_tags"]),
}
"""The same for kinds whose reason needs the error's context."""


def reason_of(error: Mapping[str, Any]) -> Phrase:
    """Return the reason of one of Pydantic's errors. It never repeats what was sent."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _WITH_LIMITS:
        return _WITH_LIMITS[kind](context)
    if isinstance(refused := context.get("error"), Refused):  # raised by our own validators
        return refused.reason
    return Phrase("fields.not-valid")


def _one_of(expected: str) -> Phrase:
    """Return the reason for Pydantic's list of values: `'a', 'b' or 'c'`."""
    values = expected.replace(" or ", ", ").split(", ")
    return Phrase("fields.one-of", expected=tuple(value.strip("'") for value in values))


def _shortest(least: int) -> Phrase:
    return Phrase("fields.missing") if least == 1 else Phrase("fields.shortest", least=least)
