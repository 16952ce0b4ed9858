"""Cleaning text for PostgreSQL and for Dayline's fields."""

import re

from dayline.kernel.text.names import is_visible, without_hidden

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with plain line breaks and without control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str, most: int) -> str:
    """The text as one visible line of at most `most` characters, for names and titles.

    It is empty if nothing would be visible.
    """
    one = " ".join(without_hidden(" ".join(clean(text).split())).split())
    if not is_visible(one):
        return ""
    return one if len(one) <= most else one[: most - 1].rstrip() + "…"
