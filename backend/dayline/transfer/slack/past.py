"""Converting an export to a past that can be replayed."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from dayline.core.schedule import Schedule, always
from dayline.core.worktime import Calendar
from dayline.transfer.replay import Past
from dayline.transfer.slack.export import Export
from dayline.transfer.slack.hours import WorkingHours
from dayline.transfer.slack.posts import clause_of, posts_of


def past_of(export: Export, hours: Mapping[str, WorkingHours]) -> Past:
    """The past in an export: who asked whom, with the hours of each user by id."""
    clauses = {channel.id: clause_of(channel) for channel in export.channels}
    return Past(
        posts=posts_of(export),
        kinds={message.topic: clauses[message.channel] for message in export.messages},
        calendars={id_: Calendar(_schedule(held)) for id_, held in hours.items()},
        ends_at=export.messages[-1].at if export.messages else None,
    )


def _schedule(hours: WorkingHours) -> Schedule:
    return Schedule(zone=ZoneInfo(hours.zone), weeks=always(hours.week))
