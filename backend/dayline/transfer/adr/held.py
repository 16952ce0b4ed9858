"""What is held here of many decisions at once, and which of them came from files."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.models import DecisionOption
from dayline.kernel.database import scope_of
from dayline.transfer.models import SourceKind
from dayline.transfer.sources import Sources


def source_id(project_id: UUID, path: str) -> str:
    """What a file is called among the sources: two projects may have files of one name."""
    return f"{project_id}:{path}"


def paths_in(sources: Sources, project_id: UUID) -> Iterator[str]:
    """The files that became decisions of a project."""
    prefix = source_id(project_id, "")
    names = sources.names(SourceKind.RECORD)
    return (name.removeprefix(prefix) for name in names if name.startswith(prefix))


async def options_by_decision(
    session: AsyncSession, ids: Collection[UUID]
) -> Mapping[UUID, Sequence[DecisionOption]]:
    """The options of these decisions, in their order."""
    found: defaultdict[UUID, list[DecisionOption]] = defaultdict(list)
    rows = await session.scalars(
        select(DecisionOption)
        .where(
            col(DecisionOption.workspace_id) == scope_of(session).workspace_id,
            col(DecisionOption.decision_id).in_(ids),
        )
        .order_by(col(DecisionOption.position))
    )
    for row in rows:
        found[row.decision_id].append(row)
    return found
