"""Explaining why a timer is due when it is."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from dayline.calendars.schemas import Moment, Stretch
from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Phrase
from dayline.core.worktime import moment
from dayline.identity.caller import Caller
from dayline.kernel.http.language import say, spoken
from dayline.kernel.text import catalogs
from dayline.members.models import Workspace
from dayline.timers.due import wall_time
from dayline.timers.models import Timer
from dayline.timers.queries import get_timer
from dayline.timers.schemas import ExplanationOut, PauseOut
from dayline.timers.steps import steps_after


async def explain(caller: Caller, timer_id: UUID) -> ExplanationOut:
    """Return the clause, pauses and working intervals from which `due_at` was computed.

    Raises NotFound.
    """
    timer = await get_timer(caller, timer_id)
    reference = await caller.session.scalar(
        select(col(Workspace.reference_zone)).where(col(Workspace.id) == caller.workspace_id)
    )
    clocks = Clocks(ZoneInfo(timer.zone), ZoneInfo(reference or timer.zone))
    counted = [(moment(start), moment(end)) for start, end in timer.counted]
    return ExplanationOut(
        timer_id=timer.id,
        clause=ClauseKind.URGENT if timer.urgent else timer.kind,
        agreement_version=timer.agreement_version,
        allowance_s=timer.allowance_s,
        zone=timer.zone,
        tz_version=timer.tz_version,
        sent=clocks.moment(timer.sent_at),
        first_check=timer.first_check_at and clocks.moment(timer.first_check_at),
        first_check_reason=say(_first_check(timer)),
        due=timer.due_at and clocks.moment(timer.due_at),
        due_reason=say(_due(timer)),
        intervals=[clocks.stretch(start, end) for start, end in counted],
        counted_s=sum(end - start for start, end in timer.counted),
        pauses=[*map(clocks.pause, _pauses(timer))],
        escalation=await steps_after(caller, timer),
    )


class Clocks:
    """Formats instants in two zones: the recipient's and the workspace's team time zone."""

    def __init__(self, zone: ZoneInfo, reference: ZoneInfo) -> None:
        self._zone, self._reference = zone, reference

    def moment(self, at: datetime) -> Moment:
        """Return an instant in both zones."""
        return Moment(
            at=at, local=wall_time(at, self._zone), reference=wall_time(at, self._reference)
        )

    def stretch(self, start: datetime, end: datetime) -> Stretch:
        """Return an interval in both zones."""
        return Stretch(start=self.moment(start), end=self.moment(end))

    def pause(self, held: tuple[datetime, datetime | None, str]) -> PauseOut:
        """Return a pause in both zones. Its end is None while it lasts."""
        start, end, reason = held
        return PauseOut(start=self.moment(start), end=end and self.moment(end), reason=reason)


def _pauses(timer: Timer) -> list[tuple[datetime, datetime | None, str]]:
    over: list[tuple[datetime, datetime | None, str]] = [
        (
            datetime.fromisoformat(pause["from"]),
            datetime.fromisoformat(pause["to"]),
            pause["reason"],
        )
        for pause in timer.pauses
    ]
    if timer.paused_at is None or timer.pause_reason is None:
        return over
    return [*over, (timer.paused_at, None, timer.pause_reason)]


def _first_check(timer: Timer) -> Phrase:
    if timer.follows is not None:
        return Phrase("explanations.first-check-promised")
    if timer.is_fixed:
        return Phrase("explanations.first-check-fixed")
    if timer.due_at is None:
        return Phrase("explanations.first-check-no-time")
    if timer.first_check_at is None:
        return Phrase("explanations.first-check-not-needed")
    if timer.first_check_at == timer.due_at:
        return Phrase("explanations.first-check-at-due", due=_due_words(timer.due_at, timer.zone))
    return Phrase("explanations.first-check-start", minutes=timer.first_check_minutes)


def _due_words(due_at: datetime, zone: str) -> str:
    """When an answer is due, on the recipient's clock, as the explanation shows its times."""
    return catalogs.moment(due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None), spoken())


def _due(timer: Timer) -> Phrase:
    if timer.follows is not None:
        return Phrase("explanations.due-promised")
    if timer.is_fixed:
        return Phrase("explanations.due-fixed")
    if timer.due_at is None:
        return Phrase("explanations.due-no-time")
    if timer.paused_at is not None:
        return Phrase("explanations.due-paused")
    return Phrase("explanations.due-working-time")
