"""Reading the agreement: the terms for timers, its versions, its draft, its signatures."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import Select, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements.models import (
    AgreementClause,
    AgreementDraft,
    AgreementSignature,
    AgreementVersion,
)
from dayline.agreements.schemas import MOST_VERSION, AgreementCard, Clauses, SignatureOut, SignerOut
from dayline.core.agreement import Agreement, Clause, ClauseKind, Step, StepKind, in_force
from dayline.identity.caller import Caller
from dayline.kernel.db.finding import find_one
from dayline.kernel.db.prepared import Prepared
from dayline.kernel.http.paging import Key, Page, PageRequest, cut, paged
from dayline.members.models import Member

__all__ = ["Agreement", "Clause", "ClauseKind", "agreement_at", "agreements"]

_ALLOWANCES = (
    select(
        func.jsonb_object_agg(
            col(AgreementClause.kind), col(AgreementClause.allowance_s), type_=JSONB
        )
    )
    .where(
        col(AgreementClause.workspace_id) == col(AgreementVersion.workspace_id),
        col(AgreementClause.agreement_id) == col(AgreementVersion.id),
    )
    .scalar_subquery()
    .label("allowances")
)
_ESCALATIONS = (
    select(
        func.jsonb_object_agg(
            col(AgreementClause.kind), col(AgreementClause.escalation), type_=JSONB
        )
    )
    .where(
        col(AgreementClause.workspace_id) == col(AgreementVersion.workspace_id),
        col(AgreementClause.agreement_id) == col(AgreementVersion.id),
    )
    .scalar_subquery()
    .label("escalations")
)
_COLUMNS = [
    col(getattr(AgreementVersion, name)) for name in AgreementCard.model_fields if name != "clauses"
]


async def agreement_at(session: AsyncSession, workspace_id: UUID, at: datetime) -> Agreement:
    """Return the terms in force at an instant, which timers started then copy.

    Versions never change, so their terms may be cached by number.
    """
    return in_force(await agreements(session, workspace_id), at)


async def agreements(session: AsyncSession, workspace_id: UUID) -> list[Agreement]:
    """Return the terms of all versions, for callers that need several instants."""
    rows = await _AGREEMENTS.run(session, workspace_id=workspace_id)
    return [
        Agreement(
            **{
                **row,
                "allowances": _by_kind(row["allowances"]),
                "escalations": _steps_by_kind(row["escalations"]),
            }
        )
        for row in rows
    ]


_AGREEMENTS = Prepared(
    select(
        col(AgreementVersion.version),
        col(AgreementVersion.in_force_from),
        col(AgreementVersion.warn_share),
        col(AgreementVersion.first_check_minutes),
        _ALLOWANCES,
        _ESCALATIONS,
    ).where(col(AgreementVersion.workspace_id) == bindparam("workspace_id", type_=Uuid))
)


def _by_kind(allowances: Mapping[str, int]) -> dict[ClauseKind, int]:
    return {ClauseKind(kind): seconds for kind, seconds in allowances.items()}


def _steps_by_kind(
    escalations: Mapping[str, list[dict[str, Any]]],
) -> dict[ClauseKind, tuple[Step, ...]]:
    return {ClauseKind(kind): steps_of(steps) for kind, steps in escalations.items()}


def steps_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return the steps of an escalation from the form in which rows keep them."""
    return tuple(Step(StepKind(step["to"]), step["allowance_s"]) for step in stored)


async def agreement_cards(session: AsyncSession, workspace_id: UUID) -> list[AgreementCard]:
    """Return all published versions as events and lists show them, oldest first."""
    order = col(AgreementVersion.version)
    rows = await session.execute(_cards(workspace_id).order_by(order))
    return [_card(row) for row in rows]


async def list_versions(caller: Caller, page: PageRequest) -> Page[AgreementCard]:
    """Return a page of the published versions, newest first."""
    number = Annotated[int, Field(ge=0, le=MOST_VERSION)]
    order = [Key(col(AgreementVersion.version), number, descending=True)]
    statement = paged(_cards(caller.workspace_id), order, page, "version")
    cards = [_card(row) for row in await caller.session.execute(statement)]
    return cut(cards, page, "version", lambda card: [card.version])


def _cards(workspace_id: UUID) -> Select[Any]:
    here = col(AgreementVersion.workspace_id) == workspace_id
    return select(*_COLUMNS, _ALLOWANCES, _ESCALATIONS).where(here)


def _card(row: Any) -> AgreementCard:
    return AgreementCard(**row._mapping, clauses=Clauses.of(row.allowances, row.escalations))


async def get_version(caller: Caller, version: int) -> AgreementVersion:
    """Return a published version. Raises NotFound."""
    return await find_one(
        caller.session,
        select(AgreementVersion).where(
            col(AgreementVersion.workspace_id) == caller.workspace_id,
            col(AgreementVersion.version) == version,
        ),
    )


async def get_draft(caller: Caller, *, for_update: bool = False) -> AgreementDraft:
    """Return the draft of the next version."""
    found = select(AgreementDraft).where(col(AgreementDraft.workspace_id) == caller.workspace_id)
    if for_update:
        found = found.with_for_update()
    return (await caller.session.scalars(found)).one()


async def signatures_of(caller: Caller, agreement_id: UUID) -> list[SignatureOut]:
    """Return the signatures of a version, in the order of signing."""
    order = (col(AgreementSignature.signed_at), col(AgreementSignature.id))
    rows = await caller.session.execute(_signatures(caller, agreement_id).order_by(*order))
    return [SignatureOut.model_validate(row) for row in rows]


async def own_signature(caller: Caller, agreement_id: UUID) -> SignatureOut | None:
    """Return the caller's signature of a version, or None."""
    own = col(AgreementSignature.member_id) == caller.member_id
    row = (await caller.session.execute(_signatures(caller, agreement_id).where(own))).one_or_none()
    return None if row is None else SignatureOut.model_validate(row)


def _signatures(caller: Caller, agreement_id: UUID) -> Select[UUID, str, datetime]:
    member = (col(Member.workspace_id) == col(AgreementSignature.workspace_id)) & (
        col(Member.id) == col(AgreementSignature.member_id)
    )
    return (
        select(
            col(AgreementSignature.member_id),
            col(Member.name),
            col(AgreementSignature.signed_at),
        )
        .join(Member, member)
        .where(
            col(AgreementSignature.workspace_id) == caller.workspace_id,
            col(AgreementSignature.agreement_id) == agreement_id,
        )
    )


async def signers(caller: Caller) -> list[SignerOut]:
    """Return the members who should sign, by name: those who joined, are active and no guests."""
    rows = await caller.session.execute(
        select(col(Member.id), col(Member.name))
        .where(
            col(Member.workspace_id) == caller.workspace_id,
            col(Member.joined_at).is_not(None),
            Member.is_teammate,
        )
        .order_by(func.lower(col(Member.name)), col(Member.id))
    )
    return [SignerOut(member_id=id_, name=name) for id_, name in rows]
