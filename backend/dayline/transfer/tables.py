"""The report of a replay as tables for the terminal."""

from collections.abc import Callable, Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dayline.agreements.windows import in_words, kind_name
from dayline.core.agreement import ClauseKind
from dayline.transfer.replay import Figures, Replay
from dayline.transfer.report import Origin, Report

_MOST_FINDINGS = 5
_MONTH = len("2026-05")
_NOTHING = "\N{EN DASH}"
_HOURS = {
    "zone": "by their zone",
    "inferred": "inferred from when they wrote",
    "default": "by default",
}
_SKIPPED = {
    "notices": ("notice", "notices"),
    "deleted": ("deleted message", "deleted messages"),
    "duplicates": ("duplicate", "duplicates"),
    "no_author": ("message without an author", "messages without an author"),
}
_OUTCOMES = ("Outcome", "Asks", "Kept", "Late", "Never", "Open", "Kept %")
_TIMES = ("Working time to answer", "Median", "p90", "Real median", "Outside hours")


def as_tables(report: Report) -> Iterator[RenderableType]:
    """The whole report. Cells wrap in a narrow terminal."""
    yield Text(_came_from(report.origin))
    yield Text(_judged_by(report))
    sections = _sections(report.replay)
    yield _table(_OUTCOMES, sections, _outcomes)
    yield _table(_TIMES, sections, _times)
    lines = (*_hours(report), _calls(report.replay), *_left_out(report.origin))
    yield Text("\n".join(lines))


def _sections(replay: Replay) -> list[dict[str, Figures]]:
    """All asks, then by kind, then by month."""
    return [
        {"All": replay.total, "Questions": replay.questions},
        {kind_name(ClauseKind(kind)): of for kind, of in replay.by_kind.items()},
        dict(replay.by_month),
    ]


def _table(
    header: Sequence[str], sections: list[dict[str, Figures]], cells: Callable[[Figures], list[str]]
) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(header[0], min_width=_MONTH, overflow="fold")
    for name in header[1:]:
        table.add_column(name, justify="right")
    for section in sections:
        for name, of in section.items():
            table.add_row(name, *cells(of))
        table.add_section()
    return table


def _outcomes(of: Figures) -> list[str]:
    share = _NOTHING if of.kept_share is None else f"{of.kept_share:.1%}"
    return [*(f"{count:,}" for count in (of.asks, of.kept, of.late, of.lost, of.open)), share]


def _times(of: Figures) -> list[str]:
    lengths = (of.working_median_s, of.working_p90_s, of.real_median_s)
    return [*(_length(seconds) for seconds in lengths), f"{of.outside_working_time:,}"]


def _length(seconds: int | None) -> str:
    """A duration like `4 h 05 min`. Below an hour in minutes, below a minute in seconds."""
    if seconds is None:
        return _NOTHING
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"{hours:,} h {minutes:02} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def _came_from(origin: Origin) -> str:
    counted = f"{_many(origin.messages, 'message')} of {_many(origin.people, 'person', 'people')}"
    if origin.first_at is None or origin.last_at is None:
        return f"{origin.file}: {counted}."
    since, until = origin.first_at, origin.last_at
    where = _many(origin.channels, "channel")
    return f"{origin.file}: {counted} in {where}, {since:%Y-%m-%d} to {until:%Y-%m-%d}."


def _judged_by(report: Report) -> str:
    """The allowances of the kinds that occur."""
    kinds = [ClauseKind(kind) for kind in report.replay.by_kind]
    windows = [
        f"{kind_name(kind).lower()} within {in_words(report.allowances[kind])}" for kind in kinds
    ]
    if not windows:
        return "Nobody asked anybody."
    return f"The agreement: {', '.join(windows)} of the recipient's working time."


def _calls(replay: Replay) -> str:
    topics = _many(replay.topics, "topic")
    return f"A call would have been suggested in {replay.calls:,} of {topics}."


def _hours(report: Report) -> Iterator[str]:
    total = report.replay.total
    yield (
        f"{total.outside_working_time:,} of {_many(total.asks, 'ask')} came outside of the "
        "recipient's working hours."
    )
    known = [
        f"{_many(held.people, 'person', 'people')} ({_many(held.asks, 'ask')}) {_HOURS[how]}"
        for how, held in report.origin.hours.items()
        if held.people
    ]
    if known:
        yield f"Working hours: {'; '.join(known)}. The default zone is {report.zone}."


def _left_out(origin: Origin) -> Iterator[str]:
    skipped = [_many(count, *_SKIPPED[why]) for why, count in origin.skipped.items() if count]
    if skipped:
        yield f"Left out: {', '.join(skipped)}."
    yield from (f"Note: {finding}" for finding in origin.findings[:_MOST_FINDINGS])
    if (more := len(origin.findings) - _MOST_FINDINGS) > 0:
        yield f"{_many(more, 'more note', 'more notes')}: --json has them all."


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
