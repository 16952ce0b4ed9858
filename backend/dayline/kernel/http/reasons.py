"""Reasons for refused values in plain words, which complete a sentence about the field."""

from collections.abc import Mapping
from typing import Any

_REASONS = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "bytes_type": "must be text",
    "date_from_datetime_inexact": "must be a day, like 2026-05-22",
    "date_from_datetime_parsing": "must be a day, like 2026-05-22",
    "date_parsing": "must be a day, like 2026-05-22",
    "date_type": "must be a day, like 2026-05-22",
    "datetime_from_date_parsing": "must be an instant with its offset, like 2026-05-22T17:30:00Z",
    "datetime_object_invalid": "must be an instant with its offset, like 2026-05-22T17:30:00Z",
    "datetime_parsing": "must be an instant with its offset, like 2026-05-22T17:30:00Z",
    "datetime_type": "must be an instant with its offset, like 2026-05-22T17:30:00Z",
    "dict_type": "must be an object",
    "enum": "must be one of {expected}",
    "extra_forbidden": "is not known here",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "int_type": "must be a whole number",
    "json_invalid": "is not valid JSON",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "literal_error": "must be one of {expected}",
    "missing": "is missing",
    "model_attributes_type": "must be an object",
    "model_type": "must be an object",
    "string_too_long": "must have at most {max_length} characters",
    "string_type": "must be text",
    "string_unicode": "must be text",
    "tuple_type": "must be a list",
    "too_long": "must have at most {max_length} entries",
    "too_short": "must have at least {min_length} entries",
    "union_tag_invalid": "must be one of {expected_tags}",
    "union_tag_not_found": "does not say of which kind it is",
    "uuid_parsing": "must be an id, like 01a20499-a1b0-7d98-bb77-1e2bdee032f9",
    "uuid_type": "must be an id, like 01a20499-a1b0-7d98-bb77-1e2bdee032f9",
}
"""Reasons by Pydantic's kind of error. They use the values of the error's context."""


def reason_of(error: Mapping[str, Any]) -> str:
    """Return the reason of one of Pydantic's errors. It never repeats what was sent."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "string_too_short":
        least = context["min_length"]
        return "must not be empty" if least == 1 else f"must have at least {least} characters"
    if kind in _REASONS:
        return _REASONS[kind].format_map(context)
    if kind == "value_error":  # raised by our own validators
        return str(error["msg"]).removeprefix("Value error, ")
    return "is not valid here"
