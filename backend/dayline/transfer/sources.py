"""Which rows earlier imports created, by id in the source, and those that this import adds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.kernel.db.database import scope_of
from dayline.transfer.models import ImportSource, Source, SourceKind

Name = tuple[SourceKind, str]
"""The kind of a thing, and its id in the source."""


class Sources:
    """The rows that the things of one source became."""

    def __init__(self, workspace_id: UUID, source: Source, known: Mapping[Name, UUID]) -> None:
        self._workspace_id, self._source = workspace_id, source
        self._rows = dict(known)
        self._before = frozenset(known)

    def find(self, kind: SourceKind, source_id: str) -> UUID | None:
        """The id of the row that a thing became, in this import or before, or None."""
        return self._rows.get((kind, source_id))

    def names(self, kind: SourceKind) -> list[str]:
        """The ids (in the source) of all known things of one kind."""
        return [source_id for each, source_id in self._rows if each is kind]

    def was_known(self, kind: SourceKind, source_id: str) -> bool:
        """Whether an earlier import added it."""
        return (kind, source_id) in self._before

    def note(self, kind: SourceKind, source_id: str, row_id: UUID) -> ImportSource:
        """Remember the row that a thing became. Returns the object that stores it."""
        return ImportSource(**self.note_row(kind, source_id, row_id))

    def note_row(self, kind: SourceKind, source_id: str, row_id: UUID) -> dict[str, Any]:
        """Like `note`, but returns plain values, which is faster for many messages."""
        self._rows[kind, source_id] = row_id
        return {
            "workspace_id": self._workspace_id,
            "source": self._source,
            "kind": kind,
            "source_id": source_id,
            "row_id": row_id,
        }


async def known_sources(session: AsyncSession, source: Source) -> Sources:
    """What earlier imports from a source added to the session's workspace."""
    workspace_id = scope_of(session).workspace_id
    rows = await session.execute(
        select(col(ImportSource.kind), col(ImportSource.source_id), col(ImportSource.row_id)).where(
            col(ImportSource.workspace_id) == workspace_id, col(ImportSource.source) == source
        )
    )
    return Sources(workspace_id, source, {(row.kind, row.source_id): row.row_id for row in rows})
