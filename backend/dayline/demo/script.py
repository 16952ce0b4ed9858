"""A script: who does what, on which working day, at which time of their own day."""

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
"""Something that a member does, at the caller's instant."""

_SATURDAY = 5
_LATEST_MINUTES = 6
"""How late the seed lets a beat be: people are no clocks."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One act of one person at one instant."""

    at: datetime
    who: str
    act: Act


@dataclass
class Script:
    """The beats of a story whose day 0 is the last working day (Monday to Friday) until `now`.

    Days are counted in working days, so that a story of three weeks begins on day -14. The same
    zones, `now` and seed give the same beats; what would lie after `now` is left out.
    """

    zones: Mapping[str, ZoneInfo]
    now: datetime
    rng: Random
    reference: ZoneInfo
    beats: list[Beat] = field(default_factory=list)

    def date_of(self, day: int) -> date:
        """The date of a working day of the story; day 1 is the next one that comes."""
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
        """When it is that time on that day where the person lives."""
        local = datetime.combine(self.date_of(day), time.fromisoformat(clock))
        return local.replace(tzinfo=self.zones[who]).astimezone(UTC)

    def weekday(self, day: int) -> str:
        """The name of a working day of the story."""
        return f"{self.date_of(day):%A}"

    def at(self, day: int, who: str, clock: str, *acts: Act) -> None:
        """Let a person do something, a few minutes after a time of their day at most."""
        late = timedelta(seconds=self.rng.randrange(60 * _LATEST_MINUTES))
        self._add(self.instant(day, who, clock) + late, who, acts)

    def ago(self, minutes: int, who: str, *acts: Act) -> None:
        """Let a person do something so many minutes before now."""
        self._add(self.now - timedelta(minutes=minutes), who, acts)

    def _add(self, at: datetime, who: str, acts: tuple[Act, ...]) -> None:
        self.beats += [Beat(at, who, act) for act in acts]

    def in_order(self) -> Iterator[Beat]:
        """What has happened by now, the earliest first; equals in the order of the script."""
        yield from sorted((beat for beat in self.beats if beat.at <= self.now), key=_instant)


def _instant(beat: Beat) -> datetime:
    return beat.at
