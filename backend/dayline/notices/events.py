"""Events of notices. Each is for one member and carries the notice as it is after the change."""

from typing import Any, ClassVar

from dayline.kernel.db.events import Audience, Event
from dayline.notices.schemas import NoticeCard, NoticeSettingsCard


class NoticeEvent(Event):
    """Something happened to a notice."""

    notice: NoticeCard


class NoticeCreated(NoticeEvent):
    """A member has a new notice."""

    kind: ClassVar[str] = "notice.created"


class NoticeChanged(NoticeEvent):
    """A notice was read, done, snoozed or settled, or became so no longer."""

    kind: ClassVar[str] = "notice.changed"


class NoticeSettingsChanged(Event):
    """A member changed how they are told of notices."""

    kind: ClassVar[str] = "notice_settings.changed"
    notice_settings: NoticeSettingsCard


def card_of(notice: Any) -> NoticeCard:
    """A row of notices as the snapshot and events show it."""
    names = NoticeCard.model_fields.keys() - {"seq", "at"}
    values = {name: getattr(notice, name) for name in names}
    return NoticeCard(**values, seq=notice.event_seq, at=notice.happened_at)


def audience_of(notice: Any) -> Audience:
    """Only the member whose notice it is."""
    return Audience.member(notice.member_id)
