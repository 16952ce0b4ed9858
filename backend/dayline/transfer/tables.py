"""The report of a replay as tables for the terminal."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dayline.core.agreement import ClauseKind
from dayline.core.phrase import AllOf, Phrase
from dayline.kernel.text.catalogs import locale_of, render
from dayline.kernel.text.lengths import length_of
from dayline.transfer.counting import skipped_in
from dayline.transfer.replay import Figures, Replay
from dayline.transfer.report import Origin, Report

_MOST_FINDINGS = 5
_NARROWEST = 7
"""Columns that the names of rows have at least."""
_NOTHING = "\N{EN DASH}"
_OUTCOMES = (
    Phrase("replay.outcome"),
    Phrase("replay.asks"),
    Phrase("replay.kept"),
    Phrase("replay.late"),
    Phrase("replay.never"),
    Phrase("replay.open"),
    Phrase("replay.kept-share"),
)
_TIMES = (
    Phrase("replay.answer-time"),
    Phrase("replay.median"),
    Phrase("replay.p90"),
    Phrase("replay.real-median"),
    Phrase("replay.outside"),
)


def as_tables(report: Report, language: str) -> Iterator[RenderableType]:
    """The whole report in a language. Cells wrap in a narrow terminal."""
    tables = _Tables(language)
    yield Text(render(_came_from(report.origin), language))
    yield Text(render(_judged_by(report), language))
    sections = tables.sections(report.replay)
    yield tables.table(_OUTCOMES, sections, tables.outcomes)
    yield tables.table(_TIMES, sections, tables.times)
    lines = (*_hours(report), _calls(report.replay), *_left_out(report.origin))
    yield Text("\n".join(render(line, language) for line in lines))


class _Tables:
    """The tables in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._locale = locale_of(language)

    def sections(self, replay: Replay) -> list[dict[str, Figures]]:
        """All asks, then by kind, then by month."""
        kinds = {Phrase("replay.kind", kind=kind): of for kind, of in replay.by_kind.items()}
        whole = {Phrase("replay.all"): replay.total, Phrase("replay.questions"): replay.questions}
        return [
            {render(name, self._language): of for name, of in whole.items()},
            {render(name, self._language): of for name, of in kinds.items()},
            {self._month(month): of for month, of in replay.by_month.items()},
        ]

    def table(
        self,
        header: Sequence[Phrase],
        sections: list[dict[str, Figures]],
        cells: Callable[[Figures], list[str]],
    ) -> Table:
        """A table of the figures in sections, with a row for each name."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
        first, *others = (render(name, self._language) for name in header)
        table.add_column(first, min_width=_NARROWEST, overflow="fold")
        for name in others:
            table.add_column(name, justify="right")
        for section in sections:
            for name, of in section.items():
                table.add_row(name, *cells(of))
            table.add_section()
        return table

    def outcomes(self, of: Figures) -> list[str]:
        """The cells about how asks ended."""
        counts = [self._number(count) for count in (of.asks, of.kept, of.late, of.lost, of.open)]
        return [*counts, self._percent(of.kept_share)]

    def times(self, of: Figures) -> list[str]:
        """The cells about how long answers took."""
        lengths = (of.working_median_s, of.working_p90_s, of.real_median_s)
        return [*map(self._length, lengths), self._number(of.outside_working_time)]

    def _month(self, month: str) -> str:
        return format_skeleton("yMMM", date.fromisoformat(f"{month}-01"), locale=self._locale)

    def _number(self, count: int) -> str:
        return format_decimal(count, locale=self._locale)

    def _percent(self, share: float | None) -> str:
        if share is None:
            return _NOTHING
        return format_decimal(share * 100, format="#,##0.0", locale=self._locale)

    def _length(self, seconds: int | None) -> str:
        """A duration like `4 h 5 min`, in whole minutes if it's a minute or longer."""
        if seconds is None:
            return _NOTHING
        shown = seconds if seconds < 60 else seconds - seconds % 60  # noqa: PLR2004 - a minute
        return render(length_of(shown), self._language)


def _came_from(origin: Origin) -> Phrase:
    counts = {"messages": origin.messages, "people": origin.people}
    if origin.first_at is None or origin.last_at is None:
        return Phrase("replay.source-empty", file=origin.file, **counts)
    return Phrase(
        "replay.source",
        file=origin.file,
        channels=origin.channels,
        since=origin.first_at.date(),
        until=origin.last_at.date(),
        **counts,
    )


def _judged_by(report: Report) -> Phrase:
    """The answer times of the kinds that occur."""
    kinds = [ClauseKind(kind) for kind in report.replay.by_kind]
    times = [
        Phrase(
            "replay.agreement-time",
            kind=Phrase("replay.kind", kind=kind),
            length=length_of(report.allowances[kind]),
        )
        for kind in kinds
    ]
    if not times:
        return Phrase("replay.no-asks")
    return Phrase("replay.agreement", times=AllOf(*times))


def _calls(replay: Replay) -> Phrase:
    return Phrase("replay.calls", calls=replay.calls, topics=replay.topics)


def _hours(report: Report) -> Iterator[Phrase]:
    total = report.replay.total
    yield Phrase("replay.outside-hours", outside=total.outside_working_time, asks=total.asks)
    sources = [
        Phrase("replay.hours-source", source=source, people=held.people, asks=held.asks)
        for source, held in report.origin.hours.items()
        if held.people
    ]
    if sources:
        yield Phrase("replay.hours", sources=AllOf(*sources), zone=report.zone)


def _left_out(origin: Origin) -> Iterator[Phrase]:
    if skipped := skipped_in(origin.skipped):
        yield Phrase("replay.left-out", skipped=AllOf(*skipped))
    for finding in origin.findings[:_MOST_FINDINGS]:
        yield Phrase("replay.note", place=finding.place, reason=finding.reason)
    if (more := len(origin.findings) - _MOST_FINDINGS) > 0:
        yield Phrase("replay.more-notes", count=more)
