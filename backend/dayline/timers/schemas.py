"""API schemas of timers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dayline.calendars.fields import LocalTime, NearInstant
from dayline.calendars.schemas import Moment, Stretch, TwoClocks
from dayline.core.agreement import ClauseKind, StepKind
from dayline.core.escalation import SkipReason
from dayline.core.phrase import Phrase, Refused
from dayline.kernel.schemas import Id, Input, MemberId, Output, Rev, one_line, visible
from dayline.timers.models import CancelReason, EndReason, Timer
from dayline.timers.states import TimerState, reopenable_until, state_of

# Meanings that several schemas share.
ALLOWANCE_S = Field(description="The answer time, in seconds of the recipient's working time.")
FIRST_CHECK_AT = Field(
    description="When the recipient should have seen it. Null if that is within their working day."
)
DUE_AT = Field(
    description="When the answer is due. Null if there isn't enough working time within five years."
)
BREACHED_AT = Field(description="When the answer became overdue. Null if it hasn't.")


class TimerSort(StrEnum):
    """The order of a list of timers. Timers without a due time are the latest."""

    DUE = "due_at"
    LATEST_DUE = "-due_at"
    NEWEST = "-sent_at"


class LocalTimes(Output):
    """The instants of a timer in the recipient's time zone, with their UTC offsets."""

    sent_at: str = Field(
        examples=["2026-05-22T10:30:00-04:00"],
        description="The local time of the timer's `sent_at`.",
    )
    first_check_at: str | None = Field(
        description="The local time of the timer's `first_check_at`. Null if that is null."
    )
    warn_at: str | None = Field(
        description="The local time of the timer's `warn_at`. Null if that is null."
    )
    due_at: str | None = Field(
        description="The local time of the timer's `due_at`. Null if that is null."
    )


class SkippedStep(Output):
    """A step of the escalation that asked no one."""

    to: StepKind = Field(description="Who the step would have asked.")
    member_id: UUID | None = Field(
        description="The id of the member who could not be asked. Null if there was no one."
    )
    reason: SkipReason = Field(description="Why the step asked no one.")


class HandedOver(Output):
    """Where an ask was handed over from, and why."""

    step: StepKind = Field(description="In which role the recipient is asked.")
    from_id: UUID = Field(description="The id of the member whose answer is overdue.")
    overdue_since: datetime = Field(description="When that answer became overdue.")
    skipped: list[SkippedStep] = Field(
        description="The steps before this one that asked no one, in order."
    )


class TimerOut(Output):
    """An ask from a message to one member, and when their answer is due."""

    id: Id
    message_id: UUID = Field(description="The id of the message that asks.")
    topic_id: UUID = Field(description="The id of the topic in which the answer is expected.")
    project_id: UUID | None = Field(
        description="The id of the project that the topic belongs to. Null for direct topics."
    )
    kind: ClauseKind = Field(
        description="Which answer time of the agreement applies, unless the ask is urgent."
    )
    urgent: bool = Field(description="Whether the agreement's urgent answer time applies.")
    recipient_id: UUID = Field(description="The id of the member who is asked.")
    covers: list[UUID] = Field(
        description="The ids of the members on time off that the recipient stands in for."
    )
    author_id: UUID = Field(description="The id of the member who asks.")
    agreement_version: int = Field(
        description="The version of the agreement that was in force when the message was sent."
    )
    allowance_s: Annotated[int, ALLOWANCE_S]
    sent_at: datetime = Field(
        description="When the recipient was asked, or promised the answer that this timer "
        "waits for."
    )
    first_check_at: Annotated[datetime | None, FIRST_CHECK_AT]
    warn_at: datetime | None = Field(
        description="When the recipient is reminded that the answer is due soon. Null if no "
        "reminder is due."
    )
    due_at: Annotated[datetime | None, DUE_AT]
    zone: str = Field(
        description="The recipient's IANA time zone when the instants were calculated."
    )
    local: LocalTimes = Field(description="The same instants in the recipient's time zone.")
    warned_at: datetime | None = Field(
        description="When the recipient was reminded. Null if they haven't been."
    )
    breached_at: Annotated[datetime | None, BREACHED_AT]
    first_response_at: datetime | None = Field(
        description="When the recipient answered. Null if they haven't."
    )
    answer_id: UUID | None = Field(
        description="The id of the message that answered. Null if none did, or if the answer was "
        "input to a decision."
    )
    acknowledged_at: datetime | None = Field(
        description="When the recipient promised an answer, which started another timer. Null "
        "if they didn't."
    )
    promised_at: datetime | None = Field(
        description="The instant by which the recipient promised an answer. Null if they didn't."
    )
    follows: UUID | None = Field(
        description="The id of the timer on which this answer was promised. Null if this "
        "timer isn't for a promise."
    )
    first_timer_id: UUID | None = Field(
        description="The id of the first timer of the ask if the ask was handed over. Null if it "
        "wasn't."
    )
    handed_over: HandedOver | None = Field(
        description="Where the ask was handed over from. Null if the message asked the recipient."
    )
    cancelled_at: datetime | None = Field(
        description="When the answer was no longer needed. Null if it still is or was given."
    )
    cancel_reason: CancelReason | None = Field(
        description="Why the answer is no longer needed. Null if the timer wasn't cancelled."
    )
    paused_at: datetime | None = Field(
        description="When the current pause started. Null if the timer isn't paused."
    )
    pause_reason: str | None = Field(description="Why the timer is paused. Null if it isn't.")
    paused_s: int = Field(description="How many seconds the pauses lasted that have ended.")
    ended_at: datetime | None = Field(
        description="When the timer ended, for any reason. Null while it runs."
    )
    state: TimerState = Field(description="Whether the timer is running, paused, overdue or ended.")
    rev: Rev


class AskOut(Output):
    """A member who was asked by a message, and whether they answered."""

    member_id: MemberId
    covers: list[UUID] = Field(
        description="The ids of the members on time off that this member stands in for."
    )
    timer_id: UUID = Field(
        description="The id of the current timer, or of the last one if none is running."
    )
    due_at: datetime | None = Field(
        description="When the answer is due. Null if the member has too little working time "
        "within five years."
    )
    due: TwoClocks | None = Field(
        description="The due time in the member's time zone and in yours. Null if there is none."
    )
    handed_over: HandedOver | None = Field(
        description="Where the ask was handed over from. Null if the message asked this member."
    )
    breached_at: Annotated[datetime | None, BREACHED_AT]
    state: TimerState = Field(description="Whether the answer is still expected, overdue or given.")


class AnsweredOut(Output):
    """An ask that a message answered."""

    timer_id: UUID = Field(description="The id of the timer that was answered.")
    message_id: UUID = Field(description="The id of the message that asks.")
    author_id: UUID = Field(description="The id of the member who asks.")
    reopenable_until: datetime | None = Field(
        description="Until when the author of the answer can reopen the ask. Null if they can't."
    )


class AcknowledgementIn(Input):
    """When you promise to answer, as an instant or as a local time in your time zone."""

    promised_at: NearInstant | None = Field(
        default=None,
        description="The instant, at most 90 days ahead. Null if you send `promised_local`.",
    )
    promised_local: LocalTime | None = Field(
        default=None,
        description="The local time in your time zone, at most 90 days ahead. Null if you "
        "send `promised_at`.",
        examples=["2026-05-22T15:00"],
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.promised_at is None) == (self.promised_local is None):
            raise Refused(Phrase("fields.one-promise"))
        return self


class PauseIn(Input):
    """Why the answer can't be given now."""

    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
        AfterValidator(one_line),
        AfterValidator(visible),
    ] = Field(
        examples=["Waiting on the client"],
        description="What is blocking the answer. Everyone in the topic sees it.",
    )


class PauseOut(Output):
    """A pause of a timer."""

    start: Moment = Field(description="When the pause started.")
    end: Moment | None = Field(description="When the pause ended. Null while the timer is paused.")
    reason: str = Field(description="Why the timer was paused.")


class StepOut(Output):
    """One step of an escalation, which says who is asked next and when."""

    to: StepKind = Field(description="Who the step asks.")
    member_id: UUID | None = Field(
        description="The id of the member it goes to. Null if there is no one."
    )
    name: str | None = Field(description="The member's name. Null if there is no one.")
    zone: str | None = Field(description="The member's IANA time zone. Null if there is no one.")
    asked: TwoClocks | None = Field(
        description="When the member is asked, in their time zone and in yours. Null if the step "
        "is skipped."
    )
    due: TwoClocks | None = Field(
        description="When their answer would be due, in their time zone and in yours. Null if "
        "the step is skipped."
    )
    timer_id: UUID | None = Field(
        description="The id of the member's timer. Null if they haven't been asked yet."
    )
    skipped: SkipReason | None = Field(description="Why the step is skipped. Null if it isn't.")
    reason: str | None = Field(
        description="A sentence in your language that says why the step is skipped. Null if it "
        "isn't."
    )


class ExplanationOut(Output):
    """Why a timer is due when it is. For an ended timer, this no longer changes."""

    timer_id: UUID = Field(description="The id of the timer.")
    clause: ClauseKind = Field(description="Which answer time of the agreement applies.")
    agreement_version: int = Field(description="The version of the agreement that applies.")
    allowance_s: Annotated[int, ALLOWANCE_S]
    zone: str = Field(
        description="The IANA time zone of the local times, which is the recipient's."
    )
    tz_version: str = Field(
        description="The version of the time zone database.", examples=["2026.6"]
    )
    sent: Moment = Field(description="When the recipient was asked.")
    first_check: Annotated[Moment | None, FIRST_CHECK_AT]
    first_check_reason: str = Field(
        description="A sentence that explains `first_check`, in your language."
    )
    due: Annotated[Moment | None, DUE_AT]
    due_reason: str = Field(description="A sentence that explains `due`, in your language.")
    intervals: list[Stretch] = Field(description="The working time that counts, in order.")
    counted_s: int = Field(description="The total length of the intervals, in seconds.")
    pauses: list[PauseOut] = Field(description="The pauses of the timer, in order.")
    escalation: list[StepOut] = Field(
        description="Who was asked next, and who will be if no one answers, in order. Empty for "
        "guests."
    )


def ask_document(timer: Timer, yours: ZoneInfo) -> AskOut:
    """Return the timer as the asking message shows it to a reader in the zone `yours`."""
    return AskOut(
        member_id=timer.recipient_id,
        covers=timer.covers,
        timer_id=timer.id,
        due_at=timer.due_at,
        due=timer.due_at and TwoClocks.of(timer.due_at, ZoneInfo(timer.zone), yours),
        handed_over=timer.handed_over and HandedOver(**timer.handed_over),
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
        handed_over=timer.handed_over and HandedOver(**timer.handed_over),
        cancelled_at=timer.ended_at if timer.end_reason is EndReason.CANCELLED else None,
        state=state_of(timer),
    )


_AS_THEY_ARE = TimerOut.model_fields.keys() - {
    "local",
    "handed_over",
    "cancelled_at",
    "state",
}
