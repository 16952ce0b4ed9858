"""How members want to be told: the channels of each kind, what is muted, and whether away."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.kernel.db.database import scope_of
from dayline.notices.models import ChannelName, NoticeSettings
from dayline.notices.models import MemberNoticeKind as Kind

LOUD = frozenset(
    {
        Kind.ASKED,
        Kind.WARNED,
        Kind.BREACHED,
        Kind.DECISION_ASKED,
        Kind.ANSWERED,
    }
)
"""The kinds that e-mail and push tell of unless a member chooses otherwise."""

_BY_DEFAULT = frozenset({ChannelName.EMAIL, ChannelName.PUSH})


@dataclass(frozen=True, slots=True)
class Preferences:
    """How one member wants to be told."""

    chosen: dict[Kind, frozenset[ChannelName]] = field(default_factory=dict)
    muted_projects: frozenset[UUID] = frozenset()
    muted_topics: frozenset[UUID] = frozenset()
    away_since: datetime | None = None
    away_until: datetime | None = None

    @classmethod
    def of(cls, row: NoticeSettings) -> "Preferences":
        """The preferences that a row stores."""
        return cls(
            {
                Kind(kind): frozenset(map(ChannelName, names))
                for kind, names in row.channels.items()
            },
            frozenset(row.muted_projects),
            frozenset(row.muted_topics),
            row.away_since,
            row.away_until,
        )

    def channels_of(self, kind: Kind) -> frozenset[ChannelName]:
        """The channels that tell of a kind."""
        by_default = _BY_DEFAULT if kind in LOUD else frozenset[ChannelName]()
        return self.chosen.get(kind, by_default)

    def mutes(self, project_id: UUID | None, topic_id: UUID | None, *, needs_you: bool) -> bool:
        """Whether a notice is of a muted project or topic and asks nothing of the member."""
        is_muted = project_id in self.muted_projects or topic_id in self.muted_topics
        return is_muted and not needs_you

    def is_away(self, at: datetime) -> bool:
        """Whether channels are paused at an instant."""
        return self.away_since is not None and (self.away_until is None or at < self.away_until)


DEFAULTS = Preferences()


async def preferences_of(
    session: AsyncSession, member_ids: Collection[UUID]
) -> dict[UUID, Preferences]:
    """The preferences of these members that have stored some, by member id."""
    rows = await session.scalars(
        select(NoticeSettings).where(
            col(NoticeSettings.workspace_id) == scope_of(session).workspace_id,
            col(NoticeSettings.id).in_(member_ids),
        )
    )
    return {row.id: Preferences.of(row) for row in rows}
