"""Response schemas of the fairness of a deadline."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field

from dayline.kernel.schemas import Output, Zone


class Clocks(Output):
    """An instant, with its local time for a member, for you and in the team time zone."""

    at: datetime = Field(description="The instant in UTC.")
    theirs: str = Field(
        examples=["2026-05-22T10:30:00-04:00"],
        description="The local time in the member's time zone, with its UTC offset.",
    )
    yours: str = Field(
        examples=["2026-05-22T17:30:00+03:00"],
        description="The local time in your time zone, with its UTC offset.",
    )
    reference: str = Field(
        examples=["2026-05-22T17:30:00+03:00"],
        description="The local time in the workspace's team time zone, with its UTC offset.",
    )

    @classmethod
    def of(cls, at: datetime, theirs: ZoneInfo, yours: ZoneInfo, reference: ZoneInfo) -> "Clocks":
        """The instant in these time zones."""
        zones = {"theirs": theirs, "yours": yours, "reference": reference}
        walls: dict[str, Any] = {
            name: at.astimezone(zone).isoformat() for name, zone in zones.items()
        }
        return cls(at=at, **walls)


class StakeholderFairness(Output):
    """How much working time a deadline gives one stakeholder."""

    member_id: UUID = Field(description="The id of the stakeholder.")
    zone: Zone
    working_s: int | None = Field(
        description="The seconds of the stakeholder's working time until the deadline. "
        "Null without a deadline."
    )
    is_enough: bool | None = Field(
        description="Whether that is at least the agreed answer time. Null without a deadline."
    )
    due: Clocks | None = Field(description="The deadline. Null if there is none.")
    earliest: Clocks | None = Field(
        description="The earliest deadline that gives the stakeholder the agreed answer "
        "time. Null if not within five years."
    )


class FairnessOut(Output):
    """Whether a deadline gives every stakeholder the agreed answer time."""

    at: datetime = Field(
        description="The instant from which working time is counted, which is now."
    )
    allowance_s: int = Field(
        description="The agreed answer time for input, in seconds of working time."
    )
    input_due_at: datetime | None = Field(
        description="The deadline that was checked. Null if there is none."
    )
    is_fair: bool | None = Field(
        description="Whether the deadline gives everyone the agreed answer time. Null "
        "without a deadline."
    )
    earliest: Clocks | None = Field(
        description="The earliest deadline that is fair to all, in the time zone of the "
        "stakeholder who needs longest. Null without stakeholders, or if none is in five years."
    )
    stakeholders: list[StakeholderFairness] = Field(
        description="How much time the deadline gives each stakeholder."
    )
