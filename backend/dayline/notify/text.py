"""Text for Slack: people's words appear as they were written and notify no one."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from dayline.kernel.text import catalogs
from dayline.kernel.text.zones import city_of

MOST_TITLE = 200
MOST_EXCERPT = 600

_EVERYBODY = re.compile(r"@(?=(?:channel|here|everyone|group)\b)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_APART = "@\u200b"
"""An `@` followed by a zero-width space, so that no name follows it."""


def plain(words: str) -> str:
    """The words without control and text-direction characters and without channel mentions."""
    return _EVERYBODY.sub(_APART, _INVISIBLE.sub("", words))


def clipped(words: str, most: int) -> str:
    """The words cut to `most` characters, with an ellipsis if something was cut."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def escaped(words: str, most: int = MOST_TITLE) -> str:
    """The words escaped for Slack's markup, cut to `most` characters before escaping."""
    safe = clipped(plain(words), most)
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: str, title: str) -> str:
    """A link in Slack's markup."""
    return f"<{url}|{escaped(title).replace('|', '¦')}>"


def excerpt(body: str) -> str:
    """The beginning of a message's text."""
    return clipped(plain(body).strip(), MOST_EXCERPT)


def moment(at: datetime, zone: str, language: str) -> str:
    """An instant in a named zone, like `Mon 18 May, 16:30 (Kyiv)`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{catalogs.moment(local.replace(tzinfo=None), language)} ({city_of(zone)})"
