"""The report of a replay: origin and figures, also as one JSON object."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dayline.core.agreement import ClauseKind
from dayline.transfer.replay import Figures, Replay
from dayline.transfer.slack.export import Finding


@dataclass(frozen=True, slots=True)
class HoursKnown:
    """The number of people whose hours have one source, and of the asks to them."""

    people: int
    asks: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a past. `hours` is by source of the hours: zone, inferred, default."""

    file: str
    messages: int
    people: int
    channels: int
    first_at: datetime | None
    last_at: datetime | None
    hours: Mapping[str, HoursKnown]
    skipped: Mapping[str, int]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Report:
    """A replay with its origin, the allowances (seconds by kind) and the default zone."""

    origin: Origin
    replay: Replay
    allowances: Mapping[str, int]
    zone: str


def as_json(report: Report) -> dict[str, Any]:
    """The report as JSON, as described in docs/replay.md. Instants in UTC, durations in seconds."""
    origin, replay = report.origin, report.replay
    return {
        "file": origin.file,
        "messages": origin.messages,
        "people": origin.people,
        "channels": origin.channels,
        "topics": replay.topics,
        "first_message_at": _instant(origin.first_at),
        "last_message_at": _instant(origin.last_at),
        "zone": report.zone,
        "allowances_s": {kind.value: report.allowances[kind] for kind in ClauseKind},
        "hours": {how: asdict(known) for how, known in origin.hours.items()},
        "total": _counted(replay.total),
        "questions": _counted(replay.questions),
        "by_kind": [{"kind": kind, **_counted(of)} for kind, of in replay.by_kind.items()],
        "by_month": [{"month": month, **_counted(of)} for month, of in replay.by_month.items()],
        "calls_suggested": replay.calls,
        "skipped": dict(origin.skipped),
        "findings": [str(finding) for finding in origin.findings],
    }


def _counted(of: Figures) -> dict[str, Any]:
    counts = asdict(of)
    asks = {"asks": counts.pop("asks"), "kept_share": of.kept_share}
    return asks | counts


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
