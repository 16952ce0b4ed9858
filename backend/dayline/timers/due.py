"""Computing the instants of a timer from a calendar and the terms of an agreement."""

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
    """The terms that a timer copied from the agreement."""

    @property
    def allowance_s(self) -> int:
        """The answer time, in seconds of working time."""

    @property
    def warn_share(self) -> int:
        """The share of the allowance after which the timer warns, in per cent."""

    @property
    def first_check_minutes(self) -> int:
        """Minutes from the start of a working day to the first check."""


@dataclass(frozen=True, slots=True)
class DueInstants:
    """The computed instants of a timer, and the data they were computed from."""

    first_check_at: datetime | None
    warn_at: datetime | None
    due_at: datetime | None
    counted: list[list[int]]
    local: dict[str, str | None]
    zone: str
    tz_version: str

    def columns(self) -> dict[str, Any]:
        """Return the values by column name."""
        return {name: getattr(self, name) for name in _COLUMNS}

    def moves(self, timer: Timer) -> bool:
        """Whether storing these values would change the timer, ignoring `tz_version`."""
        return any(getattr(timer, name) != getattr(self, name) for name in _SHOWN)


_COLUMNS = tuple(field.name for field in fields(DueInstants))
_SHOWN = tuple(name for name in _COLUMNS if name != "tz_version")


def compute_due(
    calendar: MemberCalendar, sent_at: datetime, terms: Terms, pauses: Sequence[Pause] = ()
) -> DueInstants:
    """Compute the instants of a timer. Raises NoWorkingTime."""
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
    """Compute the instants of a running timer again. They are None without enough working time."""
    return compute_due_if_any(calendar, timer.sent_at, timer, spans_of(pauses))


def spans_of(pauses: Sequence[Mapping[str, str]]) -> list[Pause]:
    """Return the ended pauses of a timer, as it stores them, as pairs of instants."""
    return [(_instant(pause["from"]), _instant(pause["to"])) for pause in pauses]


def compute_due_if_any(
    calendar: MemberCalendar, sent_at: datetime, terms: Terms, pauses: Sequence[Pause] = ()
) -> DueInstants:
    """Compute the instants of a timer. They are None if too little working time is left."""
    try:
        return compute_due(calendar, sent_at, terms, pauses)
    except NoWorkingTime:
        return _written(calendar, sent_at, None, [])


def compute_until(
    calendar: MemberCalendar, since: datetime, due_at: datetime, warn_share: int
) -> tuple[int, DueInstants]:
    """Compute the instants of a timer with a fixed `due_at`.

    Returns the working seconds until `due_at`, and the instants. `warn_at` is when `warn_share`
    per cent of these seconds have passed, or None if there are none.
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
    """Compute the instants of a timer that is due at `due_at`, with the current calendar.

    If the timer has already warned, `warn_at` stays. Otherwise it falls within working time, or
    is None.
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
    """Return the instants of a fixed timer, moved later by the length of the pause."""
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
    """Return the instants by name, as `Timer.local` stores them."""
    return {name: None if at is None else wall_time(at, zone) for name, at in instants.items()}


def wall_time(at: datetime, zone: ZoneInfo) -> str:
    """Format an instant as local time of the zone (ISO 8601, with its offset)."""
    return at.astimezone(zone).isoformat()


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)
