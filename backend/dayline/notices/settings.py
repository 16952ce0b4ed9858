"""A member's settings of notices: reading and changing them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from dayline.calendars.queries import zone_of
from dayline.calendars.wall_time import instant_of_wall
from dayline.conversations.models import Topic
from dayline.conversations.queries import visible_topics
from dayline.core.ahead import refusal_of_instant
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.events import Audience
from dayline.kernel.errors import FieldError, Invalid
from dayline.notices.events import NoticeSettingsChanged
from dayline.notices.models import MemberNoticeKind as Kind
from dayline.notices.models import NoticeDelivery, NoticeSettings
from dayline.notices.planning import review_deliveries
from dayline.notices.preferences import DEFAULTS, Preferences, preferences_of
from dayline.notices.schemas import AwayIn, NoticeSettingsCard, NoticeSettingsIn, NoticeSettingsOut
from dayline.projects.models import Project
from dayline.projects.queries import visible_projects


async def get_settings(caller: Caller) -> NoticeSettingsOut:
    """How the caller wants to be told."""
    return await _shown(caller, await _mine(caller))


async def settings_card(caller: Caller) -> NoticeSettingsCard:
    """The same, as the snapshot shows it."""
    return card_of(await _mine(caller))


async def set_settings(caller: Caller, new: NoticeSettingsIn) -> NoticeSettingsOut:
    """Set the channels of kinds, and what is muted. Raises Invalid for what they don't see.

    A kind that isn't named has its default.
    """
    await _check_mutes(caller, new)
    return await _store(
        caller,
        channels={kind.value: sorted(set(names)) for kind, names in new.channels.items()},
        muted_projects=sorted(set(new.muted_projects)),
        muted_topics=sorted(set(new.muted_topics)),
    )


async def go_away(caller: Caller, new: AwayIn) -> NoticeSettingsOut:
    """Pause all channels until an instant, or until the caller ends it. Raises Invalid."""
    until = new.until
    if new.until_local is not None:
        until = await instant_of_wall(caller, "until_local", new.until_local)
    if until is not None and (reason := refusal_of_instant(until, caller.now)) is not None:
        raise Invalid.field("until", reason)
    before = await _mine(caller)
    since = before.away_since if before.is_away(caller.now) else caller.now
    return await _store(caller, away_since=since, away_until=until)


async def come_back(caller: Caller) -> NoticeSettingsOut:
    """Use channels again."""
    return await _store(caller, away_since=None, away_until=None)


def card_of(preferences: Preferences) -> NoticeSettingsCard:
    """Preferences as the snapshot and events show them: with the channels of every kind."""
    return NoticeSettingsCard(
        channels={kind: sorted(preferences.channels_of(kind)) for kind in Kind},
        muted_projects=sorted(preferences.muted_projects),
        muted_topics=sorted(preferences.muted_topics),
        away_since=preferences.away_since,
        away_until=preferences.away_until,
    )


async def _mine(caller: Caller) -> Preferences:
    found = await preferences_of(caller.session, [caller.member_id])
    return found.get(caller.member_id, DEFAULTS)


async def _shown(caller: Caller, preferences: Preferences) -> NoticeSettingsOut:
    until = preferences.away_until
    return NoticeSettingsOut(
        **card_of(preferences).model_dump(),
        is_away=preferences.is_away(caller.now),
        away_until_local=until and until.astimezone(await zone_of(caller)).isoformat(),
    )


async def _store(caller: Caller, **changes: object) -> NoticeSettingsOut:
    blank: dict[str, object] = {"channels": {}, "muted_projects": [], "muted_topics": []}
    key = {"workspace_id": caller.workspace_id, "id": caller.member_id}
    added = insert(NoticeSettings).values(key | blank | changes)
    stored = added.on_conflict_do_update(index_elements=list(key), set_=changes)
    row = (
        await caller.session.scalars(
            stored.returning(NoticeSettings), execution_options={"populate_existing": True}
        )
    ).one()
    preferences = Preferences.of(row)
    told = NoticeSettingsChanged(notice_settings=card_of(preferences))
    events.record(caller.session, told, Audience.member(caller.member_id))
    await review_deliveries(caller.session, col(NoticeDelivery.member_id) == caller.member_id)
    return await _shown(caller, preferences)


async def _check_mutes(caller: Caller, new: NoticeSettingsIn) -> None:
    found = await caller.session.scalars(
        select(col(Project.id)).where(
            visible_projects(caller), col(Project.id).in_(new.muted_projects)
        )
    )
    topics = await caller.session.scalars(
        select(col(Topic.id)).where(visible_topics(caller), col(Topic.id).in_(new.muted_topics))
    )
    unknown = [
        *_unknown("muted_projects", new.muted_projects, set(found)),
        *_unknown("muted_topics", new.muted_topics, set(topics)),
    ]
    if unknown:
        raise Invalid(errors=unknown)


def _unknown(field: str, given: list[UUID], found: set[UUID]) -> list[FieldError]:
    reason = Phrase("fields.nothing-visible")
    return [
        FieldError(field=f"{field}.{place}", reason=reason)
        for place, id_ in enumerate(given)
        if id_ not in found
    ]
