"""The YAML front matter of a record, read as text by key and never as Python objects.

Unknown entries are written again exactly as they were read, with comments and quotes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

LONGEST = 20_000
"""Characters of a front matter. A longer one is treated as text."""
MOST_BRACKETS = 200
"""More are treated as text: nested brackets make parsing slow."""

_FENCED = re.compile(r"\A---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_BRACKET = re.compile(r"[\[{]")
_IS_MEANT = re.compile(r"\A(?:[ \t]*(?:#.*)?\n)*[\w-]+[ \t]*:")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value as text. The items of a list are joined with commas.

    `items` has them one by one. `lines` is the entry as it was written.
    """

    key: str
    value: str
    items: tuple[str, ...]
    lines: str


def split(text: str) -> tuple[str | None, str]:
    """The front matter of a text (or None), and the rest of the text."""
    found = _FENCED.match(text)
    if found is None:
        return None, text
    front = found[1] or ""
    is_one = not front.strip() or entries(front) or _IS_MEANT.match(front)
    return (front, text[found.end() :]) if is_one else (None, text)


def entries(front: str) -> list[Entry]:
    """The entries of a front matter, in order. Empty if it is not a YAML mapping in block style."""
    if len(front) > LONGEST or len(_BRACKET.findall(front)) > MOST_BRACKETS:
        return []
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(front)):
            return []  # aliases can expand to more text than there is memory
        node = yaml.compose(front, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return []
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return []
    return list(_entries(node, front.split("\n")))


def _entries(node: yaml.MappingNode, lines: list[str]) -> Iterator[Entry]:
    starts = [key.start_mark.line for key, _ in node.value]
    begins, ends = [0, *starts[1:]], [*starts[1:], len(lines)]
    for (key, value), begin, end in zip(node.value, begins, ends, strict=True):
        written = "\n".join(lines[begin:end]).strip("\n")
        items = tuple(_items(value))
        yield Entry(str(key.value), ", ".join(items), items, written)


def _items(value: yaml.Node) -> Iterator[str]:
    """The texts in a value. Anything but texts and lists is returned as it was written."""
    if isinstance(value, yaml.ScalarNode):
        yield from [value.value] if value.value.strip() else []
    elif isinstance(value, yaml.SequenceNode):
        for item in value.value:
            yield from _items(item)
    elif value.start_mark.buffer is not None:
        yield value.start_mark.buffer[value.start_mark.pointer : value.end_mark.pointer].strip()


class _Dumper(yaml.SafeDumper):
    """A dumper that writes multi-line texts as literal blocks."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = "|" if "\n" in text else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.represent_text)


def written(values: Mapping[str, str | list[str] | date]) -> str:
    """These keys and values as YAML, in the given order."""
    if not values:
        return ""
    return yaml.dump(dict(values), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
