"""A script: who does what, on which working day, at which local time."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dayline.identity.caller import Caller

if TYPE_CHECKING:
    from dayline.demo.stage import Stage

Act = Callable[["Stage", Caller], Awaitable[None]]
"""Something that a member does, at the time of the caller."""

_SATURDAY = 5
_LATEST_MINUTES = 6
"""A beat is late by up to this many minutes, at random, as people are."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One act of one person at one instant."""

    at: datetime
    who: str
    act: Act


@dataclass
class Script:
    """The beats of a story. Day 0 is the last working day (Monday to Friday) up to `now`.

    Days are working days, so a story of three weeks begins on day -14. The same zones, `now` and
    seed give the same beats. Beats after `now` are left out.
    """

    zones: Mapping[str, ZoneInfo]
    now: datetime
    rng: Random
    reference: ZoneInfo
    beats: list[Beat] = field(default_factory=list)

    def date_of(self, day: int) -> date:
        """The date of a working day of the story. Day 1 is the next one."""
        on = self.now.astimezone(self.reference).date()
        while on.weekday() >= _SATURDAY:
            on -= timedelta(days=1)
        step = timedelta(days=1 if day > 0 else -1)
        left = abs(day)
        while left:
            on += step
            left -= on.weekday() < _SATURDAY
        return on

    def instant(self, day: int, who: str, clock: str) -> datetime:
        """The instant of a person's local time on a working day of the story."""
        local = datetime.combine(self.date_of(day), time.fromisoformat(clock))
        return local.replace(tzinfo=self.zones[who]).astimezone(UTC)

    def weekday(self, day: int) -> str:
        """The weekday's name of a working day of the story."""
        return f"{self.date_of(day):%A}"

    def at(self, day: int, who: str, clock: str, *acts: Act) -> None:
        """Let a person act, at most a few minutes after their local time."""
        late = timedelta(seconds=self.rng.randrange(60 * _LATEST_MINUTES))
        self._add(self.instant(day, who, clock) + late, who, acts)

    def ago(self, minutes: int, who: str, *acts: Act) -> None:
        """Let a person act this many minutes before now."""
        self._add(self.now - timedelta(minutes=minutes), who, acts)

    def _add(self, at: datetime, who: str, acts: tuple[Act, ...]) -> None:
        self.beats += [Beat(at, who, act) for act in acts]

    def in_order(self) -> Iterator[Beat]:
        """The beats up to now, earliest first. Simultaneous ones keep the order of the script."""
        yield from sorted((beat for beat in self.beats if beat.at <= self.now), key=_instant)


def _instant(beat: Beat) -> datetime:
    return beat.at
