"""Slack's own markup, as far as what it names matters: `<@U123>`, `<#C123|general>`, code."""

import re
from collections.abc import Iterator

CODE = re.compile(r"```(?P<block>.+?)```|`(?P<inline>[^`\n]+)`", re.DOTALL)
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<[^<>]*>")
_QUESTION = re.compile(r"[?\uff1f\u061f]")


def mentions_in(text: str) -> tuple[str, ...]:
    """The ids of those whom a text names, each once, as they come; code names nobody."""
    found = (match[1] for prose in _prose(text) for match in _MENTION.finditer(prose))
    return tuple(dict.fromkeys(found))


def is_question(text: str) -> bool:
    """Whether a text asks something back: it has a question mark outside of code and links."""
    return any(_QUESTION.search(_LINK.sub(" ", prose)) for prose in _prose(text))


def _prose(text: str) -> Iterator[str]:
    """The parts of a text between its pieces of code."""
    begins = 0
    for code in CODE.finditer(text):
        yield text[begins : code.start()]
        begins = code.end()
    yield text[begins:]
