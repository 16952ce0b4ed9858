"""Whether a text says something, or has only the headings and labels of a template."""

import re

_MARKS = re.compile(r"\A(?:(?:[-*+>]|\d{1,9}[.)]|\[[ xX]?\])(?:\s+|$))*")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_LABEL = re.compile(r"(?:\*\*[^*]*[^*.!]\*\*|__[^_]*[^_.!]__)")


def says_something(text: str) -> bool:
    """Whether a line of a Markdown text has more than a heading or a label.

    A label is bold, or ends the line with a colon. A bold sentence says something. The page has
    the same rule in `written.ts`, for text that isn't saved yet.
    """
    return any(map(_says, text.splitlines()))


def _says(line: str) -> bool:
    rest = line.strip()
    rest = _MARKS.sub("", rest)
    if _HEADING.match(rest):
        return False
    if label := _LABEL.match(rest):
        rest = rest[label.end() :]
    return not rest.endswith(":") and any(map(str.isalnum, rest))
