"""API schemas of the check of a text for the five points."""

from pydantic import Field

from dayline.core.clarity import Point
from dayline.kernel.schemas import Input, Output, Text


class ClarityIn(Input):
    """A text that asks someone."""

    body: Text = Field(description="Markdown. Code and quotes don't count.")


class PointOut(Output):
    """One of the five points, and what to write where the text misses it."""

    point: Point
    reason: str | None = Field(description="What to write. Null where the text makes the point.")


class ClarityCheckOut(Output):
    """What the text makes of the five points."""

    is_checked: bool = Field(description="False: the text isn't English, so it isn't checked.")
    points: list[PointOut] = Field(description="All five, in their order. None if not checked.")
