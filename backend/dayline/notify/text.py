"""Text for Slack: what people wrote is shown as they wrote it, and calls nobody."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import dayline.kernel.text.zones  # noqa: F401 -- makes zoneinfo read the package's data

MOST_TITLE = 200
MOST_EXCERPT = 600

_EVERYBODY = re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_APART = "@\u200b"
"""An @ that is not followed at once by a name."""


def plain(words: str) -> str:
    """Somebody's words without what turns text round, and without calling a whole channel."""
    return _EVERYBODY.sub(_APART, _INVISIBLE.sub("", words))


def clipped(words: str, most: int) -> str:
    """At most so many characters, with an ellipsis where some are missing."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def escaped(words: str, most: int = MOST_TITLE) -> str:
    """Somebody's words within Slack's markup: they stay words. At most `most` of them."""
    safe = clipped(plain(words), most)
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: str, title: str) -> str:
    """A link in Slack's markup."""
    return f"<{url}|{escaped(title).replace('|', '¦')}>"


def excerpt(body: str) -> str:
    """The beginning of a message."""
    return clipped(plain(body).strip(), MOST_EXCERPT)


def moment(at: datetime, zone: str) -> str:
    """An instant in a zone, which it names: `Mon 18 May, 16:30 (Europe/Kyiv)`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M} ({zone})"
