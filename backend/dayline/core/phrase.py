"""Phrases: what people read, by its key in the catalogs, until it is rendered in a language."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

Value: TypeAlias = "str | int | float | date | Phrase | AllOf | tuple[str, ...]"
"""A parameter: a text, a number, a date, another phrase, or a list.

A tuple becomes "a, b or c", and `AllOf` becomes "a, b and c".
"""


class Phrase:
    """A message of the catalogs (`area.key`) and its parameters.

    Code passes phrases around and never joins them. `kernel.text.catalogs` renders them where the
    reader's language is known.
    """

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: Value) -> None:
        self.key = key
        self.values: Mapping[str, Value] = MappingProxyType(values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Phrase):
            return NotImplemented
        return self.key == other.key and self.values == other.values

    def __hash__(self) -> int:
        return hash((self.key, *sorted(self.values.items(), key=lambda item: item[0])))

    def __repr__(self) -> str:
        said = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"Phrase({self.key!r}{said})"


class AllOf:
    """A list of texts or phrases, of which all are meant."""

    __slots__ = ("parts",)

    def __init__(self, *parts: "str | Phrase") -> None:
        self.parts = parts


class Refused(ValueError):
    """A value that a rule refuses, with the reason for people."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(repr(reason))
        self.reason = reason
