"""API schemas of how often a reason was given."""

from datetime import datetime

from pydantic import Field

from dayline.kernel.schemas import Output


class ReasonCounts(Output):
    """How many texts were sent for a reason, by kind."""

    task_brief: int
    task_comment: int
    discussion: int
    direct_message: int
    urgent: int
    decision: int


class ClarityReasonsOut(Output):
    """How often a reason was given for points that are missing."""

    since: datetime = Field(description="28 days ago.")
    counts: ReasonCounts
