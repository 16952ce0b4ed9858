"""Replaying a past: how a response-time agreement would have judged it.

Each ask has one outcome: *kept* if it was answered by its due instant, *late* if after it, *lost*
if never, and *open* if it was unanswered when the past ended before the due instant. Open asks
count in no share, since their outcome is unknown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dayline.agreements.default import FIRST_CHECK_MINUTES, WARN_SHARE
from dayline.core.agreement import ClauseKind
from dayline.core.exchange import Ask, Post, asks_of, calls_of
from dayline.core.response import response_window
from dayline.core.worktime import Calendar, epoch


class Outcome(StrEnum):
    """The outcome of an ask."""

    KEPT = "kept"
    LATE = "late"
    LOST = "lost"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Past:
    """Posts, the clause of each topic, the calendar of each person, and the end of the past."""

    posts: Sequence[Post]
    kinds: Mapping[str, ClauseKind]
    calendars: Mapping[str, Calendar]
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One ask, judged by the agreement. Seconds are None if it was not answered."""

    ask: Ask
    kind: ClauseKind
    due_at: datetime
    outcome: Outcome
    working_s: int | None
    real_s: int | None
    in_working_time: bool
    in_working_day: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of some asks, with seconds of working and real time until their answers."""

    asks: int
    kept: int
    late: int
    lost: int
    open: int
    outside_working_time: int
    outside_working_day: int
    working_median_s: int | None
    working_p90_s: int | None
    real_median_s: int | None
    real_p90_s: int | None

    @property
    def kept_share(self) -> float | None:
        """The share (0 to 1, four decimals) of kept asks among those not open. None without any."""
        decided = self.asks - self.open
        return round(self.kept / decided, 4) if decided else None


@dataclass(frozen=True, slots=True)
class Replay:
    """The figures of a whole past under one agreement. Months are like `2026-05`, in a zone.

    `questions` are the asks with a question mark: other mentions may be thanks.
    """

    total: Figures
    questions: Figures
    by_kind: Mapping[str, Figures]
    by_month: Mapping[str, Figures]
    topics: int
    calls: int


def replay(past: Past, allowances: Mapping[str, int], zone: ZoneInfo) -> Replay:
    """Replay a past under these allowances (seconds by kind). Raises NoWorkingTime."""
    found = verdicts(past, allowances)
    return Replay(
        total=figures(found),
        questions=figures([verdict for verdict in found if verdict.ask.post.is_question]),
        by_kind=_by(found, lambda verdict: verdict.kind),
        by_month=_by(found, lambda verdict: f"{verdict.ask.post.at.astimezone(zone):%Y-%m}"),
        topics=len({post.topic for post in past.posts}),
        calls=len(calls_of(past.posts)),
    )


def verdicts(past: Past, allowances: Mapping[str, int]) -> list[Verdict]:
    """The verdict of each ask of a past, in order. Raises NoWorkingTime."""
    return [_verdict(ask, past, allowances) for ask in asks_of(past.posts)]


def figures(found: Sequence[Verdict]) -> Figures:
    """The figures of these verdicts."""
    working = [verdict.working_s for verdict in found if verdict.working_s is not None]
    real = [verdict.real_s for verdict in found if verdict.real_s is not None]
    outcomes = [verdict.outcome for verdict in found]
    return Figures(
        asks=len(found),
        kept=outcomes.count(Outcome.KEPT),
        late=outcomes.count(Outcome.LATE),
        lost=outcomes.count(Outcome.LOST),
        open=outcomes.count(Outcome.OPEN),
        outside_working_time=sum(not verdict.in_working_time for verdict in found),
        outside_working_day=sum(not verdict.in_working_day for verdict in found),
        working_median_s=percentile(working, 50),
        working_p90_s=percentile(working, 90),
        real_median_s=percentile(real, 50),
        real_p90_s=percentile(real, 90),
    )


def percentile(values: Iterable[int], percent: int) -> int | None:
    """The nearest-rank percentile of the values, or None if there are none."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None


def _verdict(ask: Ask, past: Past, allowances: Mapping[str, int]) -> Verdict:
    calendar, kind = past.calendars[ask.recipient], past.kinds[ask.post.topic]
    window = response_window(
        calendar,
        ask.post.at,
        allowance_s=allowances[kind],
        warn_share=WARN_SHARE,
        first_check_minutes=FIRST_CHECK_MINUTES,
    )
    sent, answered = epoch(ask.post.at), epoch(ask.answer.at) if ask.answer else None
    return Verdict(
        ask=ask,
        kind=kind,
        due_at=window.due_at,
        outcome=_outcome(ask, window.due_at, past.ends_at),
        working_s=None if answered is None else calendar.between(sent, answered),
        real_s=None if answered is None else answered - sent,
        in_working_time=calendar.is_working(sent),
        in_working_day=calendar.working_day(sent) is not None,
    )


def _outcome(ask: Ask, due_at: datetime, ends_at: datetime | None) -> Outcome:
    if ask.answer is not None:
        return Outcome.KEPT if ask.answer.at <= due_at else Outcome.LATE
    return Outcome.OPEN if ends_at is None or ends_at < due_at else Outcome.LOST


def _by(found: Iterable[Verdict], name: Callable[[Verdict], str]) -> dict[str, Figures]:
    """The figures of each group, sorted by the group's name."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in found:
        groups.setdefault(name(verdict), []).append(verdict)
    return {group: figures(groups[group]) for group in sorted(groups)}
