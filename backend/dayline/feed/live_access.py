"""Whose access still stands: asked before every delivery, so asked cheaply.

PostgreSQL judges all credentials of a channel and answers with one digest. Only when that differs
from the digest of what was read before are the rows themselves read.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import xor
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from dayline.identity.models import Role, TokenScope

_LIVE = """
    live_callers(CAST(:workspace_ids AS uuid[]), CAST(:credential_ids AS uuid[]),
        coalesce(CAST(:at AS timestamptz), now()), make_interval(days => :idle_days)) AS live
"""
_MARK = "hash_record_extended(live, 0)"
_STANDING = text(
    f"SELECT credential_id, workspace_id, member_id, role, scopes, {_MARK} AS mark FROM {_LIVE}"  # noqa: S608
)
_ENTER = text(
    f"""
    SELECT feed.workspace_id, feed.epoch, feed.head, feed.access_rev,
        coalesce(CAST(:at AS timestamptz), now()) AS now,
        set_config('app.workspace_id', CAST(feed.workspace_id AS text), true),
        (SELECT ROW (count(*), coalesce(bit_xor({_MARK}), 0)) FROM {_LIVE}) AS digest
    FROM feed_heads(CAST(:workspace_ids AS uuid[])) AS feed
    """  # noqa: S608
)
_DIGESTS = text(
    f"""
    SELECT workspace_id, count(*) AS live, bit_xor({_MARK}) AS marks
    FROM {_LIVE} JOIN unnest(CAST(:held_in AS uuid[]), CAST(:credential_ids AS uuid[]))
        AS held (workspace_id, credential_id) USING (workspace_id, credential_id)
    GROUP BY workspace_id
    """  # noqa: S608
)


@dataclass(frozen=True, slots=True)
class LiveAccess:
    """A live credential's member in one workspace, and their role. `mark` is a hash of it all."""

    member_id: UUID
    role: Role
    acts_as_admin: bool
    mark: int

    @property
    def is_guest(self) -> bool:
        """Whether they see only the projects that they were added to."""
        return self.role is Role.GUEST


@dataclass(frozen=True, slots=True)
class Digest:
    """What the marks of some credentials come to: equal digests, equal standing of each."""

    live: int
    marks: int

    @classmethod
    def of(cls, marks: Collection[int]) -> "Digest":
        """The digest of these marks, in whatever order."""
        return cls(len(marks), reduce(xor, marks, 0))


NOBODY = Digest.of(())


@dataclass(frozen=True, slots=True)
class Judged:
    """When credentials are judged, None for PostgreSQL's own instant; unused sessions end."""

    at: datetime | None
    idle_days: int


async def live_access_of(
    session: AsyncSession, workspace_id: UUID, credential_ids: Collection[UUID], when: Judged
) -> dict[UUID, LiveAccess]:
    """Whom each session or token still stands for in a workspace; those that ended are absent."""
    rows = await session.execute(_STANDING, _values([workspace_id], credential_ids, when))
    return {row.credential_id: _standing(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Moment:
    """A workspace's feed as one transaction sees it, and the instant of that transaction."""

    now: datetime
    epoch: UUID
    head: int
    access_rev: int
    standing: Digest
    """Of the credentials that were asked for: the digest of what `live_access_of` would find."""


async def enter(
    session: AsyncSession, workspace_id: UUID, credential_ids: Collection[UUID], when: Judged
) -> Moment | None:
    """Let the transaction see a workspace; None where there is none any more."""
    values = _values([workspace_id], credential_ids, when)
    row = (await session.execute(_ENTER, values)).one_or_none()
    if row is None:
        return None
    return Moment(row.now, row.epoch, row.head, row.access_rev, Digest(*row.digest))


async def digests_of(
    session: AsyncSession, held: Mapping[UUID, Collection[UUID]], when: Judged
) -> dict[UUID, Digest]:
    """The digests of the credentials `held` in each of several workspaces."""
    pairs = [(workspace_id, one) for workspace_id, these in held.items() for one in these]
    values = _values(held, [one for _, one in pairs], when)
    values["held_in"] = [workspace_id for workspace_id, _ in pairs]
    rows = await session.execute(_DIGESTS, values)
    return {row.workspace_id: Digest(row.live, row.marks) for row in rows}


def _values(
    workspace_ids: Iterable[UUID], credential_ids: Collection[UUID], when: Judged
) -> dict[str, Any]:
    return {
        "workspace_ids": list(workspace_ids),
        "credential_ids": list(credential_ids),
        "at": when.at,
        "idle_days": when.idle_days,
    }


def _standing(row: Any) -> LiveAccess:
    role = Role(row.role)
    may = row.scopes is None or TokenScope.ADMIN in row.scopes
    return LiveAccess(row.member_id, role, may and role.includes(Role.ADMIN), row.mark)
