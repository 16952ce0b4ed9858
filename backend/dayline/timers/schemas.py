"""API schemas of timers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dayline.calendars.fields import LocalTime, NearInstant
from dayline.calendars.schemas import Moment, Stretch, TwoClocks
from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import Input, Output, one_line, visible
from dayline.timers.models import CancelReason, EndReason, Timer
from dayline.timers.states import TimerState, reopenable_until, state_of


class TimerSort(StrEnum):
    """The orders of lists of timers. What has no due instant is the latest."""

    DUE = "due_at"
    LATEST_DUE = "-due_at"
    NEWEST = "-sent_at"


class LocalTimes(Output):
    """The instants of a timer on the recipient's clock: with the offset that held there then."""

    sent_at: str = Field(examples=["2026-05-22T10:30:00-04:00"])
    first_check_at: str | None
    warn_at: str | None
    due_at: str | None


class TimerOut(Output):
    """The obligation of one recipient to answer one message. Instants are UTC."""

    id: UUID
    message_id: UUID
    topic_id: UUID
    project_id: UUID | None = Field(description="Null in direct topics.")
    kind: ClauseKind = Field(description="What is to be answered.")
    urgent: bool = Field(description="Whether the allowance is that of the urgent clause.")
    recipient_id: UUID
    covers: list[UUID] = Field(
        description="Members on leave who were asked, and for whom the recipient stands in."
    )
    author_id: UUID
    agreement_version: int = Field(description="The version in force when it was sent.")
    allowance_s: int = Field(description="Seconds of the recipient's working time.")
    sent_at: datetime = Field(description="When it began: sent, asked by an edit, or promised.")
    first_check_at: datetime | None = Field(
        description="By when the recipient should have seen it; null within their working day."
    )
    warn_at: datetime | None
    due_at: datetime | None = Field(
        description="Null: the recipient has no working time within five years."
    )
    zone: str = Field(description="The recipient's zone when the instants were computed.")
    local: LocalTimes
    warned_at: datetime | None
    breached_at: datetime | None
    first_response_at: datetime | None
    answer_id: UUID | None = Field(
        description="The message that answered it. Null: none did, or a decision was answered."
    )
    acknowledged_at: datetime | None
    promised_at: datetime | None
    follows: UUID | None = Field(
        description="The timer whose promise this one keeps; its instants are fixed."
    )
    cancelled_at: datetime | None
    cancel_reason: CancelReason | None
    paused_at: datetime | None
    pause_reason: str | None
    paused_s: int = Field(description="The seconds of its pauses that have ended.")
    ended_at: datetime | None
    state: TimerState
    rev: int


class AskOut(Output):
    """One member whom a message asks, and where that stands."""

    member_id: UUID
    covers: list[UUID] = Field(
        description="Members on leave who were asked, and for whom this one stands in."
    )
    timer_id: UUID = Field(description="The timer that runs now, or the last one that did.")
    due_at: datetime | None
    due: TwoClocks | None = Field(description="The same on the recipient's clock and on yours.")
    breached_at: datetime | None
    state: TimerState


class AnsweredOut(Output):
    """One ask that a message answered."""

    timer_id: UUID
    message_id: UUID = Field(description="The message that asked.")
    author_id: UUID = Field(description="Who asked.")
    reopenable_until: datetime | None = Field(
        description="Until then the author of the answer can reopen it."
    )


class AcknowledgementIn(Input):
    """A promise: by when the answer will be there, as an instant or on your own clock."""

    promised_at: NearInstant | None = Field(
        default=None, description="In the future, at most 90 days ahead."
    )
    promised_local: LocalTime | None = Field(
        default=None,
        description="The same as a wall time of your zone: the server knows the instant.",
        examples=["2026-05-22T15:00"],
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.promised_at is None) == (self.promised_local is None):
            raise Refused(Phrase("fields.one-promise"))
        return self


class PauseIn(Input):
    """Why an answer cannot be given now."""

    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
        AfterValidator(one_line),
        AfterValidator(visible),
    ] = Field(examples=["Waiting on the client"])


class PauseOut(Output):
    """A time that did not count."""

    start: Moment
    end: Moment | None = Field(description="Null while it lasts.")
    reason: str


class ExplanationOut(Output):
    """Why a timer is due when it is due. What it says of a timer that ended stays as it is."""

    timer_id: UUID
    clause: ClauseKind = Field(description="The clause of the agreement that it took.")
    agreement_version: int
    allowance_s: int = Field(description="Seconds of the recipient's working time.")
    zone: str = Field(description="The zone of `local`.")
    tz_version: str = Field(description="The edition of the time zones.", examples=["2026.6"])
    sent: Moment
    first_check: Moment | None
    first_check_reason: str
    due: Moment | None
    due_reason: str
    intervals: list[Stretch] = Field(description="The working time that was counted, in order.")
    counted_s: int = Field(description="The seconds of the intervals together.")
    pauses: list[PauseOut] = Field(description="In order.")


def ask_document(timer: Timer, yours: ZoneInfo) -> AskOut:
    """Return the timer as the asking message shows it to a reader in the zone `yours`."""
    return AskOut(
        member_id=timer.recipient_id,
        covers=timer.covers,
        timer_id=timer.id,
        due_at=timer.due_at,
        due=timer.due_at and TwoClocks.of(timer.due_at, ZoneInfo(timer.zone), yours),
        breached_at=timer.breached_at,
        state=state_of(timer),
    )


def answered_document(timer: Timer) -> AnsweredOut:
    """Return the timer as the message that answered it shows it."""
    return AnsweredOut(
        timer_id=timer.id,
        message_id=timer.message_id,
        author_id=timer.author_id,
        reopenable_until=reopenable_until(timer),
    )


def timer_document(timer: Timer) -> TimerOut:
    """Return the timer as events, lists and snapshots show it."""
    return TimerOut(
        **{name: getattr(timer, name) for name in _AS_THEY_ARE},
        local=LocalTimes(**timer.local),
        cancelled_at=timer.ended_at if timer.end_reason is EndReason.CANCELLED else None,
        state=state_of(timer),
    )


_AS_THEY_ARE = TimerOut.model_fields.keys() - {"local", "cancelled_at", "state"}
