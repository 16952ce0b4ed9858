"""Checking the access of live connections. It runs before every delivery, so it is cheap.

PostgreSQL checks all credentials of a channel and returns one digest. Only if the digest differs
from the last one are the rows themselves read.
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
    """A live credential's member in one workspace, and their role. `mark` hashes the whole row."""

    member_id: UUID
    role: Role
    acts_as_admin: bool
    mark: int

    @property
    def is_guest(self) -> bool:
        """Whether they see only the projects they were added to."""
        return self.role is Role.GUEST


@dataclass(frozen=True, slots=True)
class Digest:
    """A combined hash of the access of some credentials. Equal digests mean equal access."""

    live: int
    marks: int

    @classmethod
    def of(cls, marks: Collection[int]) -> "Digest":
        """Combine these marks, in any order."""
        return cls(len(marks), reduce(xor, marks, 0))


NOBODY = Digest.of(())


@dataclass(frozen=True, slots=True)
class Judged:
    """When credentials are checked (None: PostgreSQL's `now()`), and after how many days unused
    sessions expire."""

    at: datetime | None
    idle_days: int


async def live_access_of(
    session: AsyncSession, workspace_id: UUID, credential_ids: Collection[UUID], when: Judged
) -> dict[UUID, LiveAccess]:
    """Return the access of each session or token that is still valid. The others are absent."""
    rows = await session.execute(_STANDING, _values([workspace_id], credential_ids, when))
    return {row.credential_id: _standing(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Moment:
    """A workspace's feed as one transaction sees it, and the transaction's instant."""

    now: datetime
    epoch: UUID
    head: int
    access_rev: int
    standing: Digest
    """The digest of what `live_access_of` would return for the requested credentials."""


async def enter(
    session: AsyncSession, workspace_id: UUID, credential_ids: Collection[UUID], when: Judged
) -> Moment | None:
    """Enter a workspace in this transaction. Returns None if the workspace no longer exists."""
    values = _values([workspace_id], credential_ids, when)
    row = (await session.execute(_ENTER, values)).one_or_none()
    if row is None:
        return None
    return Moment(row.now, row.epoch, row.head, row.access_rev, Digest(*row.digest))


async def digests_of(
    session: AsyncSession, held: Mapping[UUID, Collection[UUID]], when: Judged
) -> dict[UUID, Digest]:
    """Return the digest of the credentials in each workspace. Absent if none is valid."""
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
