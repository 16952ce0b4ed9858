"""Replaying a Slack export."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from dayline.core.exchange import asks_of
from dayline.core.schedule import Week
from dayline.transfer.replay import Past, replay
from dayline.transfer.report import HoursKnown, Origin, Report
from dayline.transfer.slack.archive import read
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.hours import Source, WorkingHours, hours_of
from dayline.transfer.slack.past import past_of


def replayed(file: Path, allowances: Mapping[str, int], zone: str, week: Week) -> Report:
    """Replay the export in a file under these allowances (seconds by kind).

    `zone` and `week` are the hours of people whose own are unknown. Raises ArchiveFault,
    NoWorkingTime.
    """
    export = read(file)
    hours = hours_of(export, zone, week)
    past = past_of(export, hours)
    return Report(
        origin=_origin(file.name, export, past, hours),
        replay=replay(past, allowances, ZoneInfo(zone)),
        allowances=allowances,
        zone=zone,
    )


def _origin(name: str, export: Export, past: Past, hours: Mapping[str, WorkingHours]) -> Origin:
    people = [user.id for user in export.users if not user.is_bot]
    known = Counter(hours[id_].source for id_ in people)
    asked = Counter(hours[ask.recipient].source for ask in asks_of(past.posts))
    return Origin(
        file=name,
        messages=len(export.messages),
        people=len(people),
        channels=len(export.channels),
        first_at=export.messages[0].at if export.messages else None,
        last_at=past.ends_at,
        hours={how.value: HoursKnown(known[how], asked[how]) for how in Source},
        skipped=export.skipped,
        findings=export.findings,
    )
