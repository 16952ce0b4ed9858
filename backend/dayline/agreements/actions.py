"""Editing, publishing and signing the agreement."""

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from dayline.agreements import default
from dayline.agreements.events import AgreementDrafted, AgreementPublished, AgreementSigned
from dayline.agreements.models import (
    AgreementClause,
    AgreementDraft,
    AgreementSignature,
    AgreementVersion,
    Written,
)
from dayline.agreements.problems import Superseded
from dayline.agreements.queries import agreement_cards, get_draft, get_version, own_signature
from dayline.agreements.schemas import AgreementCard, AgreementDraftEdit, SignatureOut
from dayline.core.agreement import ClauseKind, in_force, is_superseded
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.db import events
from dayline.kernel.db.database import scope_of
from dayline.kernel.db.events import Audience
from dayline.kernel.db.ids import new_id
from dayline.kernel.errors import Invalid
from dayline.kernel.http.revisions import apply, changes_of, check_rev
from dayline.kernel.text import markdown
from dayline.kernel.text.catalogs import render
from dayline.members.models import Workspace

LONGEST_NOTICE = timedelta(days=366)
"""How far ahead a version may come into force. Until then no earlier one can."""


async def publish_first(session: AsyncSession, workspace: Workspace) -> None:
    """Publish version 1, with the default clauses, in a workspace that is being created."""
    text = render(default.TEXT, workspace.language)
    draft = AgreementDraft(
        workspace_id=workspace.id,
        title=render(default.TITLE, workspace.language),
        text=text,
        text_html=markdown.render(text),
        allowances=default.ALLOWANCES,
        warn_share=default.WARN_SHARE,
        first_check_minutes=default.FIRST_CHECK_MINUTES,
    )
    session.add(draft)
    await _publish(session, draft, version=1, in_force_from=scope_of(session).now)


async def edit_draft(caller: Caller, expected_rev: int, edit: AgreementDraftEdit) -> AgreementDraft:
    """Change the draft of the next version. Raises RevisionMismatch."""
    draft = await get_draft(caller, for_update=True)
    check_rev(draft, expected_rev)
    named = edit.model_dump(exclude_unset=True, exclude={"clauses"})
    if "clauses" in edit.model_fields_set:
        named["allowances"] = edit.clauses.allowances()
    changes = changes_of(draft, named)
    if not changes:
        return draft
    apply(draft, changes)
    draft.text_html = (await markdown.parse_async(draft.text)).html
    draft.rev += 1
    events.record(caller.session, AgreementDrafted(rev=draft.rev), Audience.admins())
    return draft


async def publish_draft(
    caller: Caller, expected_rev: int, in_force_from: datetime | None
) -> AgreementCard:
    """Publish the draft as the newest version, in force from an instant on (default: now).

    Concurrent publications wait for each other at the draft, and the second raises
    RevisionMismatch. Raises Invalid for an instant that is in the past, too far ahead or before
    that of the last version.
    """
    draft = await get_draft(caller, for_update=True)
    check_rev(draft, expected_rev)
    cards = await agreement_cards(caller.session, caller.workspace_id)
    newest = cards[-1]
    starts = in_force_from or caller.now
    _check_start(caller, starts, newest)
    draft.rev += 1
    return await _publish(caller.session, draft, newest.version + 1, starts)


def _check_start(caller: Caller, starts: datetime, newest: AgreementCard) -> None:
    if starts < caller.now:
        raise Invalid.field("in_force_from", Phrase("fields.not-in-past"))
    if starts > caller.now + LONGEST_NOTICE:
        raise Invalid.field("in_force_from", Phrase("fields.within-a-year"))
    if starts < newest.in_force_from:
        start = newest.in_force_from.isoformat().replace("+00:00", "Z")
        reason = Phrase("fields.before-version", version=newest.version, start=start)
        raise Invalid.field("in_force_from", reason)


async def _publish(
    session: AsyncSession, draft: AgreementDraft, version: int, in_force_from: datetime
) -> AgreementCard:
    scope = scope_of(session)
    published = AgreementVersion(
        workspace_id=scope.workspace_id,
        version=version,
        published_at=scope.now,
        published_by=scope.actor_id,
        in_force_from=in_force_from,
        **draft.model_dump(include=set(Written.model_fields)),
    )
    session.add(published)
    await session.flush()
    for kind, allowance_s in draft.allowances.items():
        session.add(_clause(published, ClauseKind(kind), allowance_s))
    await session.flush()
    card = (await agreement_cards(session, scope.workspace_id))[-1]
    events.record(session, AgreementPublished(agreement=card), Audience.workspace())
    return card


def _clause(version: AgreementVersion, kind: ClauseKind, allowance_s: int) -> AgreementClause:
    return AgreementClause(
        workspace_id=version.workspace_id,
        agreement_id=version.id,
        kind=kind,
        allowance_s=allowance_s,
    )


async def sign(caller: Caller, version: int) -> SignatureOut:
    """Sign a version. Returns the signature. A second call changes nothing.

    Raises NotFound, and Superseded if a later version is in force and the caller hasn't signed
    this one before.
    """
    agreement = await get_version(caller, version)
    held = await own_signature(caller, agreement.id)
    if held is not None:
        return held
    await _refuse_superseded(caller, version)
    added = await caller.session.scalar(
        insert(AgreementSignature)
        .values(
            workspace_id=caller.workspace_id,
            id=new_id(),
            agreement_id=agreement.id,
            member_id=caller.member_id,
            signed_at=caller.now,
        )
        .on_conflict_do_nothing()
        .returning(col(AgreementSignature.id))
    )
    if added is not None:
        signed = AgreementSigned(
            agreement_version=version, member_id=caller.member_id, signed_at=caller.now
        )
        events.record(caller.session, signed, Audience.team())
    signature = await own_signature(caller, agreement.id)
    assert signature is not None  # noqa: S101 -- added above, or by the caller's other request
    return signature


async def _refuse_superseded(caller: Caller, version: int) -> None:
    cards = await agreement_cards(caller.session, caller.workspace_id)
    if is_superseded(version, cards, caller.now):
        raise Superseded(version_in_force=in_force(cards, caller.now).version)
