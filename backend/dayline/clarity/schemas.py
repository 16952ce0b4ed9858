"""API schemas of the reasons given for missing points."""

from datetime import datetime

from pydantic import Field

from dayline.kernel.schemas import Output


class ReasonCounts(Output):
    """How many texts of each kind have a reason for missing points."""

    task_brief: int = Field(description="Tasks that were created or changed.")
    task_comment: int = Field(description="Task comments, except urgent ones.")
    discussion: int = Field(
        description="Messages in updates, discussions and decisions, except urgent ones."
    )
    direct_message: int = Field(description="Direct messages, except urgent ones.")
    urgent: int = Field(description="Urgent messages.")
    decision: int = Field(description="Decisions that were opened.")


class ClarityReasonsOut(Output):
    """How often members gave a reason for missing points."""

    since: datetime = Field(description="When the count begins, 28 days ago.")
    counts: ReasonCounts = Field(description="How many reasons were given, by kind of text.")
