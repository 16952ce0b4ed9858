"""API schemas of the preview of an ask."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from dayline.calendars.schemas import TwoClocks
from dayline.core.agreement import ClauseKind
from dayline.kernel.schemas import Output
from dayline.messages.reach_schemas import UnreachedOut


class WorkingState(StrEnum):
    """Where somebody likely stands, by their calendar; never why."""

    WORKING = "working"
    FOCUS = "focus"  # working, but should not be interrupted
    OFF = "off"


class AskedOut(Output):
    """A recipient, as they would be asked now."""

    member_id: UUID
    handle: str
    name: str
    covers: list[UUID] = Field(
        description="Those whom you named who are on leave, and for whom this one stands in."
    )
    zone: str
    now: TwoClocks
    standing: WorkingState
    next_start: TwoClocks | None = Field(
        description="When they work next: now where they do. Null: not within five years."
    )
    first_check: TwoClocks | None = Field(
        description="By when they should have seen it; null within their working day."
    )
    due: TwoClocks | None = Field(
        description="When the answer would be due. Null: they cannot be asked, because they have "
        "too little working time within five years."
    )
    needs_reason: bool = Field(
        description="Whether sending it needs an `urgent_reason`: it is urgent, and they are off."
    )


class ColleagueOut(Output):
    """Somebody else who works now."""

    member_id: UUID
    handle: str
    name: str
    now: TwoClocks
    in_focus: bool


class AskPreviewOut(Output):
    """What would come of asking now."""

    at: datetime
    clause: ClauseKind = Field(description="The clause of the agreement that it would take.")
    agreement_version: int
    allowance_s: int = Field(description="Seconds of each recipient's working time.")
    recipients: list[AskedOut] = Field(
        description="In the order in which you named them, or whom they cover."
    )
    working_now: list[ColleagueOut] = Field(
        description="Who else of the project, or of the conversation, works now; those in a focus "
        "block last. Guests get none."
    )
    unreached: list[UnreachedOut] = Field(description="The mentions that would ask nobody.")


class AwayOut(Output):
    """A recipient of an urgent message who does not work."""

    member_id: UUID
    name: str
    next_start: TwoClocks
