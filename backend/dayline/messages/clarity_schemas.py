"""API schemas for checking a text for the five points."""

from pydantic import Field

from dayline.core.clarity import Point
from dayline.kernel.schemas import Input, Output, Text


class ClarityIn(Input):
    """A text to check."""

    body: Text = Field(description="The text, in Markdown. Code and quotes don't count.")


class PointOut(Output):
    """One of the five points, and what to write if the text misses it."""

    point: Point = Field(description="Which of the five points this is.")
    reason: str | None = Field(
        description="What to write, in your language. Null if the text makes the point."
    )


class ClarityCheckOut(Output):
    """Which of the five points a text makes."""

    is_checked: bool = Field(description="Whether the text was checked. Only English texts are.")
    points: list[PointOut] = Field(
        description="All five points, in their order. Empty if the text wasn't checked."
    )
