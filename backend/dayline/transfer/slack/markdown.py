"""Converting Slack's markup to Markdown."""

import re
from collections.abc import Mapping
from html import unescape
from itertools import pairwise

from dayline.transfer.slack.export import Message
from dayline.transfer.slack.markup import CODE

_NAMED = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_EVERYBODY = {"here", "channel", "everyone"}
_LINKED = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w~])~(?=[^\s~])([^~\n]*[^\s~])~(?![\w~])")
_MEANS_SOMETHING = re.compile(r"[\\\[\]*~`]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BULLET = re.compile(r"^(\s*)[\u2022\u25e6\u25aa]\s*")
_BEGINS_A_BLOCK = re.compile(r"^(?=#{1,6}(?:\s|$)|\+\s|[-=_]{2,}\s*$)")
_QUOTE, _LIST = re.compile(r">"), re.compile(r"\s*(?:-|[0-9]{1,9}[.)])(?:\s|$)")
_HELD = re.compile("\ue000([0-9]+)\ue001")


def body_of(message: Message, handles: Mapping[str, str]) -> str:
    """The whole message as Markdown, with a line for each file. May be empty.

    `handles` has the handle of each user by id. Users without one are shown by their id.
    """
    shared = [f"File: {_escaped(name) or 'deleted'}" for name in message.files]
    return "\n\n".join(part for part in (as_markdown(message.text, handles), *shared) if part)


def as_markdown(text: str, handles: Mapping[str, str]) -> str:
    """Convert a text so that it looks the same in Dayline. Mentions name the same people.

    Mentions of everyone (`@here`) become plain text. Line breaks are kept.
    """
    return _Conversion(handles).of(text.replace("\ue000", "").replace("\ue001", ""))


class _Conversion:
    """The conversion of one text. Converted pieces are replaced by marks until the end."""

    def __init__(self, handles: Mapping[str, str]) -> None:
        self._handles = handles
        self._held: list[str] = []

    def of(self, text: str) -> str:
        text = CODE.sub(self._code, text)
        text = _NAMED.sub(self._named, text)
        text = _BOLD.sub(lambda found: self._around("**", found[1]), text)
        text = _STRUCK.sub(lambda found: self._around("~~", found[1]), text)
        lines = [_line(line) for line in _escaped(unescape(text)).split("\n")]
        return _HELD.sub(lambda found: self._held[int(found[1])], _joined(lines)).strip()

    def _hold(self, converted: str) -> str:
        self._held.append(converted)
        return f"\ue000{len(self._held) - 1}\ue001"

    def _around(self, mark: str, text: str) -> str:
        return f"{self._hold(mark)}{text}{self._hold(mark)}"

    def _code(self, found: re.Match[str]) -> str:
        if found["inline"] is not None:
            return self._hold(f"`{unescape(found['inline'])}`")
        block = unescape(found["block"]).strip("\n")
        fenced = self._hold(f"```\n{block}\n```")
        return f"\n\n{fenced}\n\n"

    def _named(self, found: re.Match[str]) -> str:
        sign, target, label = found.groups()
        if sign == "@":
            return self._mention(found)
        if sign == "#":
            return f"#{label or target}"
        if sign == "!":
            return f"@{target}" if target in _EVERYBODY else label or target
        return self._link(unescape(target), unescape(label or ""))

    def _mention(self, found: re.Match[str]) -> str:
        """The handle, separated by spaces from text that would be read as a part of it."""
        before, after = found.string[: found.start()], found.string[found.end() :]
        apart = " " if re.search(r"[\w@./+>-]$", before) else ""
        ends = " " if re.match(r"[.-]*\w", after) else ""
        return f"{apart}{self._hold('@' + self._handles.get(found[2], found[2]))}{ends}"

    def _link(self, target: str, label: str) -> str:
        if not _LINKED.match(target):
            return label or target
        address = target.removeprefix("mailto:")
        if label in {"", target, address}:
            return self._hold(f"<{address}>")
        return self._hold(f"[{_escaped(label)}](<{target}>)")


def _escaped(text: str) -> str:
    """The text with everything escaped that only Markdown would interpret."""
    return _MEANS_SOMETHING.sub(r"\\\g<0>", text)


def _line(line: str) -> str:
    """One line, escaped so that it begins no new block. Lists and quotes stay."""
    line = _BULLET.sub(r"\1- ", line.replace(">>>", "> ", 1) if line.startswith(">>>") else line)
    if _LIST.match(line):
        return line.rstrip()
    return _BEGINS_A_BLOCK.sub(r"\\", line.strip())


def _joined(lines: list[str]) -> str:
    """The joined lines. Within a paragraph, two spaces keep the line break."""
    text = lines[0]
    for before, line in pairwise(lines):
        text += _break(before, line) + line
    return re.sub(r"\n{3,}", "\n\n", text)


def _break(before: str, after: str) -> str:
    if not before or not after or _LIST.match(after):
        return "\n"
    if _QUOTE.match(before) and not _QUOTE.match(after):
        return "\n\n"
    if _LIST.match(before):
        return "\n\n"
    return "  \n"
