"""Parsing Slack's markup for mentions and questions: `<@U123>`, `<#C123|general>`, code."""

import re
from collections.abc import Iterator

CODE = re.compile(r"```(?P<block>.+?)```|`(?P<inline>[^`\n]+)`", re.DOTALL)
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<[^<>]*>")
_QUESTION = re.compile(r"[?\uff1f\u061f]")


def mentions_in(text: str) -> tuple[str, ...]:
    """The ids of the users that a text mentions outside code, in order, without duplicates."""
    found = (match[1] for prose in _prose(text) for match in _MENTION.finditer(prose))
    return tuple(dict.fromkeys(found))


def is_question(text: str) -> bool:
    """Whether a text has a question mark outside code and links."""
    return any(_QUESTION.search(_LINK.sub(" ", prose)) for prose in _prose(text))


def _prose(text: str) -> Iterator[str]:
    """The parts of a text outside code."""
    begins = 0
    for code in CODE.finditer(text):
        yield text[begins : code.start()]
        begins = code.end()
    yield text[begins:]
