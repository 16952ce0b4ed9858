"""Rules: which events are posted to channels, and as which kind of notice."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from dayline.conversations.models import TopicKind
from dayline.decisions.events import DecisionDecided, DecisionOpened
from dayline.kernel.db.events import AudienceKind
from dayline.messages.events import MessagePosted
from dayline.notify.models import NoticeKind
from dayline.tasks.events import TaskChanged
from dayline.timers.events import TimerBreached, TimerEscalated, TimerStarted, TimerWarned
from dayline.timers.models import OF_DECISIONS

Data = Mapping[str, Any]
"""An event's data, as stored in its row."""

OPEN_AUDIENCES = (AudienceKind.WORKSPACE, AudienceKind.TEAM, AudienceKind.PROJECT)
"""Only events with these audiences are posted: never those for one member or a few."""


def _started(data: Data) -> NoticeKind | None:
    if data["timer"]["follows"] is not None:  # a promise follows another timer: it is no new ask
        return None
    if data["timer"]["kind"] in OF_DECISIONS:  # the decision has its own notice, once for all
        return None
    return NoticeKind.URGENT if data["timer"]["urgent"] else NoticeKind.ASK


def _posted(data: Data) -> NoticeKind | None:
    return NoticeKind.PROJECT_UPDATE if data["topic"]["kind"] == TopicKind.UPDATE else None


def _task_changed(data: Data) -> NoticeKind | None:
    return NoticeKind.TASK_STATE if "state" in data["changes"] else None


_RULES: dict[str, Callable[[Data], NoticeKind | None]] = {
    TimerStarted.kind: _started,
    TimerWarned.kind: lambda _: NoticeKind.WARNING,
    TimerBreached.kind: lambda _: NoticeKind.BREACH,
    TimerEscalated.kind: lambda _: NoticeKind.BREACH,
    MessagePosted.kind: _posted,
    TaskChanged.kind: _task_changed,
    DecisionOpened.kind: lambda _: NoticeKind.DECISION_OPENED,
    DecisionDecided.kind: lambda _: NoticeKind.DECISION_DECIDED,
}

TOLD = tuple(_RULES)
"""The kinds of events that may be posted."""


def notice_of(kind: str, data: Data) -> NoticeKind | None:
    """The kind of notice for an event of a kind in `TOLD`, or None if it is not posted.

    A message in an update topic may be a comment. Only its row says whether it is the update.
    """
    return _RULES[kind](data)


def project_of(data: Data) -> UUID | None:
    """The id of the project that an event is about, or None."""
    for document in ("timer", "task", "decision", "topic"):
        if document in data:
            project_id = data[document]["project_id"]
            return None if project_id is None else UUID(project_id)
    return None


def is_wanted(
    notice: NoticeKind,
    project_id: UUID | None,
    seq: int,
    *,
    kinds: list[str],
    project_ids: list[UUID] | None,
    after_seq: int,
) -> bool:
    """Whether a subscription wants a notice about a project, or about none (None)."""
    of_project = project_ids is None or project_id in project_ids
    return of_project and notice.value in kinds and seq > after_seq
