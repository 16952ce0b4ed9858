"""The OpenAPI document, the events and the settings say what everything is, in plain English."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from dayline.kernel.ops.settings import Settings
from tests.feed import kinds
from tests.test_words import rules_broken_by

_CODE = re.compile(r"`[^`]*`")
_METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def described(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each part of the document that needs a description, with its name."""
    for name, schema in document["components"]["schemas"].items():
        yield name, schema
        for field, found in schema.get("properties", {}).items():
            yield f"{name}.{field}", found
    for path, operations in document["paths"].items():
        for method in operations.keys() & set(_METHODS):
            yield from parts_of(f"{method} {path}", operations[method])


def parts_of(name: str, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield name, operation
    for parameter in operation.get("parameters", ()):
        yield f"{name} {parameter['name']}", parameter
    if body := operation.get("requestBody"):
        yield f"{name} body", body
    for status, response in operation["responses"].items():
        if "$ref" not in response:
            yield f"{name} {status}", response
        for header, declared in response.get("headers", {}).items():
            yield f"{name} {status} {header}", declared


def texts(part: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Each summary and description in the document, with its place."""
    if isinstance(part, list):
        for index, item in enumerate(part):
            yield from texts(item, f"{place}/{index}")
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in {"summary", "description"} and isinstance(value, str):
                yield f"{place}/{key}", value
            elif key not in {"example", "examples"}:
                yield from texts(value, f"{place}/{key}")


def prose(text: str) -> str:
    """A text without code, and with the apostrophes that the rules ask for on screens."""
    return _CODE.sub("x", " ".join(text.split())).replace("'", "’")


def test_everything_is_described(document: dict[str, Any]) -> None:
    parts = dict(described(document))
    assert len(parts) > 1_500
    assert [name for name, part in parts.items() if not part.get("description")] == []


def test_each_operation_has_a_summary_of_its_own(document: dict[str, Any]) -> None:
    summaries = [
        operation["summary"]
        for operations in document["paths"].values()
        for operation in operations.values()
    ]
    assert [text for text in summaries if text.endswith(".") or len(text) > 100] == []
    assert len(summaries) == len(set(summaries))


def test_descriptions_are_plain_english(document: dict[str, Any]) -> None:
    found = {place: text for place, text in texts(document) if rules_broken_by(prose(text))}
    assert found == {}


def test_descriptions_say_more_than_the_name(document: dict[str, Any]) -> None:
    for name, part in described(document):
        said = re.sub(r"\W+", "", part["description"]).lower().removeprefix("the")
        assert said != re.sub(r"\W+", "", name.rpartition(".")[2]).lower(), name


def test_events_and_settings_are_described_in_plain_english() -> None:
    described = {kind: event.__doc__ or "" for kind, event in kinds.declared().items()}
    described |= {name: field.description or "" for name, field in Settings.model_fields.items()}
    assert [name for name, text in described.items() if not text] == []
    assert {name: text for name, text in described.items() if rules_broken_by(prose(text))} == {}
