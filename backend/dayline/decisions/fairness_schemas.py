"""Response schemas of the fairness of a deadline."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field

from dayline.kernel.schemas import Output


class Clocks(Output):
    """An instant on a member's clock, on your own, and on that of the reference zone."""

    at: datetime
    theirs: str = Field(examples=["2026-05-22T10:30:00-04:00"])
    yours: str = Field(examples=["2026-05-22T17:30:00+03:00"])
    reference: str = Field(examples=["2026-05-22T17:30:00+03:00"])

    @classmethod
    def of(cls, at: datetime, theirs: ZoneInfo, yours: ZoneInfo, reference: ZoneInfo) -> "Clocks":
        """The instant in these time zones."""
        zones = {"theirs": theirs, "yours": yours, "reference": reference}
        walls: dict[str, Any] = {
            name: at.astimezone(zone).isoformat() for name, zone in zones.items()
        }
        return cls(at=at, **walls)


class StakeholderFairness(Output):
    """What a deadline leaves to one stakeholder."""

    member_id: UUID
    zone: str
    working_s: int | None = Field(
        description="Seconds of their working time until the deadline; null without a deadline."
    )
    is_enough: bool | None = Field(description="Whether that is the allowance or more.")
    due: Clocks | None = Field(description="The deadline.")
    earliest: Clocks | None = Field(
        description="When they have had the allowance. Null: not within five years."
    )


class FairnessOut(Output):
    """Whether a deadline leaves every stakeholder the allowance for decision input."""

    at: datetime = Field(description="From when it is counted: now.")
    allowance_s: int = Field(description="Seconds of working time, as the agreement says.")
    input_due_at: datetime | None
    is_fair: bool | None = Field(description="Null without a deadline.")
    earliest: Clocks | None = Field(
        description="The earliest deadline that is fair to all; `theirs` is the clock of the "
        "last who has had the allowance. Null: nobody is asked, or somebody has too little "
        "working time within five years."
    )
    stakeholders: list[StakeholderFairness]
