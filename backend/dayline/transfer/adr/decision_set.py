"""Loading many decisions with their parts, and which of them were imported from files."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.decisions.models import (
    Decision,
    DecisionInput,
    DecisionOption,
    DecisionRelation,
    DecisionStakeholder,
)
from dayline.kernel.db.database import scope_of
from dayline.members.models import Member
from dayline.transfer.models import ImportSource, Source, SourceKind
from dayline.transfer.sources import Sources

Part = TypeVar("Part", DecisionInput, DecisionOption, DecisionStakeholder)


@dataclass(frozen=True, slots=True)
class DecisionSet:
    """Decisions with their parts (by decision id), members' names, and the paths of their files."""

    decisions: Sequence[Decision]
    options: Mapping[UUID, Sequence[DecisionOption]]
    stakeholders: Mapping[UUID, Sequence[DecisionStakeholder]]
    inputs: Mapping[UUID, Sequence[DecisionInput]]
    """The current input of each stakeholder who answered, in the order in which they were given."""
    relations: Sequence[DecisionRelation]
    """The relations with both ends among the decisions."""
    names: Mapping[UUID, str]
    paths: Mapping[UUID, str]
    """The paths of those that were imported from files, by decision id."""


async def load_decision_set(session: AsyncSession, which: ColumnElement[bool]) -> DecisionSet:
    """The decisions that match a condition, by number, with their parts."""
    found = await session.scalars(select(Decision).where(which).order_by(col(Decision.number)))
    decisions = found.all()
    ids = [decision.id for decision in decisions]
    return DecisionSet(
        decisions=decisions,
        options=await options_by_decision(session, ids),
        stakeholders=await _parts(session, DecisionStakeholder, ids),
        inputs=await _parts(session, DecisionInput, ids),
        relations=await _relations(session, which),
        names=await _names(session),
        paths=await _paths(session, {decision.id: decision.project_id for decision in decisions}),
    )


def related_to(decision_id: UUID, workspace_id: UUID) -> ColumnElement[bool]:
    """Matches a decision and all decisions related to it, in either direction."""
    either = or_(
        col(DecisionRelation.decision_id) == decision_id,
        col(DecisionRelation.earlier_id) == decision_id,
    )
    here = col(DecisionRelation.workspace_id) == workspace_id
    both = (col(DecisionRelation.decision_id), col(DecisionRelation.earlier_id))
    others = [col(Decision.id).in_(select(end).where(here, either)) for end in both]
    return or_(col(Decision.id) == decision_id, *others)


async def options_by_decision(
    session: AsyncSession, ids: Collection[UUID]
) -> Mapping[UUID, Sequence[DecisionOption]]:
    """The options of these decisions, by position, by decision id."""
    found = await _parts(session, DecisionOption, ids)
    return {
        id_: sorted(options, key=lambda option: option.position) for id_, options in found.items()
    }


async def _parts(
    session: AsyncSession, table: type[Part], ids: Collection[UUID]
) -> Mapping[UUID, list[Part]]:
    """The rows of a table by decision id, ordered by id. Replaced inputs are left out."""
    stands = [col(DecisionInput.replaced_at).is_(None)] if table is DecisionInput else []
    rows = await session.scalars(
        select(table)
        .where(
            col(table.workspace_id) == scope_of(session).workspace_id,
            col(table.decision_id).in_(ids),
            *stands,
        )
        .order_by(col(table.id))
    )
    found: defaultdict[UUID, list[Part]] = defaultdict(list)
    for row in rows:
        found[row.decision_id].append(row)
    return found | {id_: [] for id_ in ids if id_ not in found}


async def _relations(
    session: AsyncSession, which: ColumnElement[bool]
) -> Sequence[DecisionRelation]:
    ids = select(col(Decision.id)).where(which)
    rows = await session.scalars(
        select(DecisionRelation).where(
            col(DecisionRelation.workspace_id) == scope_of(session).workspace_id,
            col(DecisionRelation.decision_id).in_(ids),
            col(DecisionRelation.earlier_id).in_(ids),
        )
    )
    return rows.all()


async def _names(session: AsyncSession) -> Mapping[UUID, str]:
    here = col(Member.workspace_id) == scope_of(session).workspace_id
    rows = await session.execute(select(col(Member.id), col(Member.name)).where(here))
    return {row.id: row.name for row in rows}


async def _paths(session: AsyncSession, projects: Mapping[UUID, UUID]) -> Mapping[UUID, str]:
    rows = await session.execute(
        select(col(ImportSource.row_id), col(ImportSource.source_id)).where(
            col(ImportSource.workspace_id) == scope_of(session).workspace_id,
            col(ImportSource.source) == Source.ADR,
            col(ImportSource.kind) == SourceKind.RECORD,
            col(ImportSource.row_id).in_(projects),
        )
    )
    return {row.row_id: row.source_id.partition(":")[2] for row in rows}


def source_id(project_id: UUID, path: str) -> str:
    """The id of a file in `ImportSource`. It has the project's id: two may have the same path."""
    return f"{project_id}:{path}"


def paths_in(sources: Sources, project_id: UUID) -> Iterator[str]:
    """The paths of the files that became decisions of a project."""
    prefix = source_id(project_id, "")
    names = sources.names(SourceKind.RECORD)
    return (name.removeprefix(prefix) for name in names if name.startswith(prefix))
