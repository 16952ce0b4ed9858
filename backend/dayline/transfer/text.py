"""Text as PostgreSQL and Dayline can hold it."""

import re

from dayline.kernel.text.names import is_visible, without_hidden

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without control characters, of which PostgreSQL cannot hold all."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str, most: int) -> str:
    """One line of at most so many characters, nothing in it hidden: a name, a title.

    It is empty where nothing could be seen.
    """
    one = " ".join(without_hidden(" ".join(clean(text).split())).split())
    if not is_visible(one):
        return ""
    return one if len(one) <= most else one[: most - 1].rstrip() + "…"
