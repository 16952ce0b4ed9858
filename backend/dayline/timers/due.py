"""From a calendar and terms to the instants of a timer, as its columns hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dayline.calendars.compiling import MemberCalendar
from dayline.core.response import (
    Pause,
    Window,
    counted,
    response_window,
    runs_out_before,
    working_before,
)
from dayline.core.worktime import NoWorkingTime, epoch, epoch_after
from dayline.kernel.text import zones
from dayline.timers.models import Timer


class Terms(Protocol):
    """What a timer took from the agreement."""

    @property
    def allowance_s(self) -> int:
        """Seconds of working time."""

    @property
    def warn_share(self) -> int:
        """Per cent of the allowance."""

    @property
    def first_check_minutes(self) -> int:
        """After the start of a working day."""


@dataclass(frozen=True, slots=True)
class DueInstants:
    """The instants of a timer, and what they were computed from."""

    first_check_at: datetime | None
    warn_at: datetime | None
    due_at: datetime | None
    counted: list[list[int]]
    local: dict[str, str | None]
    zone: str
    tz_version: str

    def columns(self) -> dict[str, Any]:
        """By the names of the columns."""
        return {name: getattr(self, name) for name in _COLUMNS}

    def moves(self, timer: Timer) -> bool:
        """Whether a timer would not be what it is, whatever zone data it was computed with."""
        return any(getattr(timer, name) != getattr(self, name) for name in _SHOWN)


_COLUMNS = tuple(field.name for field in fields(DueInstants))
_SHOWN = tuple(name for name in _COLUMNS if name != "tz_version")


def compute_due(
    calendar: MemberCalendar, sent_at: datetime, terms: Terms, pauses: Sequence[Pause] = ()
) -> DueInstants:
    """The instants of a timer. Raises NoWorkingTime."""
    window = response_window(
        calendar.compiled,
        sent_at,
        allowance_s=terms.allowance_s,
        warn_share=terms.warn_share,
        first_check_minutes=terms.first_check_minutes,
        pauses=pauses,
    )
    spans = counted(calendar.compiled, sent_at, allowance_s=terms.allowance_s, pauses=pauses)
    counts = [[epoch(start), epoch(end)] for start, end in spans]
    return _written(calendar, sent_at, window, counts)


def recompute_due(
    timer: Timer, calendar: MemberCalendar, pauses: Sequence[Mapping[str, str]]
) -> DueInstants:
    """The instants of a timer that runs, as far as it has any."""
    held = [(_instant(pause["from"]), _instant(pause["to"])) for pause in pauses]
    return compute_due_if_any(calendar, timer.sent_at, timer, held)


def compute_due_if_any(
    calendar: MemberCalendar, sent_at: datetime, terms: Terms, pauses: Sequence[Pause] = ()
) -> DueInstants:
    """The instants of a timer; it has none where too little working time is left."""
    try:
        return compute_due(calendar, sent_at, terms, pauses)
    except NoWorkingTime:
        return _written(calendar, sent_at, None, [])


def compute_until(
    calendar: MemberCalendar, since: datetime, due_at: datetime, warn_share: int
) -> tuple[int, DueInstants]:
    """The instants of a timer whose due instant is fixed, and the working seconds until it.

    It warns when a share of them has run out, in per cent; never where there are none.
    """
    start = epoch_after(since)
    end = max(start, epoch(due_at))
    instants: dict[str, Any] = {
        "first_check_at": None,
        "warn_at": runs_out_before(calendar.compiled, since, due_at, warn_share),
        "due_at": due_at,
    }
    return calendar.compiled.between(start, end), DueInstants(
        **instants,
        counted=[list(span) for span in calendar.compiled.intervals(start, end)],
        local=local_times(calendar.zone, sent_at=since, **instants),
        zone=calendar.zone.key,
        tz_version=zones.VERSION,
    )


def warn_anew(
    timer: Timer, calendar: MemberCalendar, due_at: datetime, now: datetime
) -> DueInstants:
    """The instants of a timer that is due at an instant, as the calendar is now.

    One that has warned keeps its warning. Another one warns in working time, or not at all.
    """
    _, moved = compute_until(calendar, timer.sent_at, due_at, timer.warn_share)
    warn_at = timer.warn_at
    if timer.warned_at is None:
        warn_at = moved.warn_at and working_before(
            calendar.compiled, max(moved.warn_at, now), due_at
        )
    local = moved.local | local_times(calendar.zone, warn_at=warn_at)
    return replace(moved, warn_at=warn_at, local=local)


def shift(timer: Timer, *, by: Pause) -> DueInstants:
    """The instants of a timer that is fixed, as much later as a pause was long."""
    later = by[1] - by[0]
    instants: dict[str, Any] = {
        "first_check_at": timer.first_check_at,
        "warn_at": timer.warn_at and timer.warn_at + later,
        "due_at": timer.due_at and timer.due_at + later,
    }
    return DueInstants(
        **instants,
        counted=timer.counted,
        local=local_times(ZoneInfo(timer.zone), sent_at=timer.sent_at, **instants),
        zone=timer.zone,
        tz_version=timer.tz_version,
    )


def _written(
    calendar: MemberCalendar, sent_at: datetime, window: Window | None, spans: list[list[int]]
) -> DueInstants:
    instants: dict[str, Any] = {
        "first_check_at": None if window is None else window.first_check_at,
        "warn_at": None if window is None else window.warn_at,
        "due_at": None if window is None else window.due_at,
    }
    return DueInstants(
        **instants,
        counted=spans,
        local=local_times(calendar.zone, sent_at=sent_at, **instants),
        zone=calendar.zone.key,
        tz_version=zones.VERSION,
    )


def local_times(zone: ZoneInfo, **instants: datetime | None) -> dict[str, str | None]:
    """Instants as `Timer.local` keeps them, by name."""
    return {name: None if at is None else wall_time(at, zone) for name, at in instants.items()}


def wall_time(at: datetime, zone: ZoneInfo) -> str:
    """An instant as a clock of the zone shows it, with its offset."""
    return at.astimezone(zone).isoformat()


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)
