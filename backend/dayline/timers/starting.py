"""Starting the timers of messages: one for each recipient, by the agreement in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from dayline.agreements.queries import agreement_at
from dayline.calendars.compiling import MemberCalendar
from dayline.calendars.queries import member_calendars
from dayline.core.agreement import Agreement, ClauseKind
from dayline.core.phrase import Phrase
from dayline.core.worktime import NoWorkingTime
from dayline.identity.caller import Caller
from dayline.kernel.db.prepared import fresh, store
from dayline.kernel.errors import FieldError, Invalid
from dayline.timers.due import DueInstants, compute_due
from dayline.timers.events import TimerStarted
from dayline.timers.locking import record_events
from dayline.timers.models import Timer


@dataclass(frozen=True, slots=True)
class Ask:
    """A message that asks. `project_id` is None in direct topics."""

    message_id: UUID
    topic_id: UUID
    project_id: UUID | None
    kind: ClauseKind
    urgent: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member who is asked by a message. `field` is the field of the request that names them.

    `covers` lists the named members on leave whose stand-in this recipient is.
    """

    id: UUID
    name: str
    field: str
    covers: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Pinned:
    """The terms that a timer copies from the agreement in force when its message is sent."""

    agreement_version: int
    allowance_s: int
    warn_share: int
    first_check_minutes: int


async def start(caller: Caller, ask: Ask, recipients: Sequence[Recipient]) -> list[Timer]:
    """Start a timer for each recipient at the caller's `now`.

    The caller must have locked the recipients (`lock_people`). Raises Invalid, with an error for
    each recipient who has no working time.
    """
    if not recipients:
        return []
    agreement = await agreement_at(caller.session, caller.workspace_id, caller.now)
    terms = pin(agreement, ClauseKind.URGENT if ask.urgent else ask.kind)
    ids = [recipient.id for recipient in recipients]
    calendars = await member_calendars(caller.session, caller.workspace_id, ids)
    instants = _due_instants(caller, terms, recipients, calendars)
    timers = [_timer(caller, ask, terms, each, instants[each.id]) for each in recipients]
    await store(caller.session, timers)
    record_events(caller.session, timers, TimerStarted)
    return timers


def pin(agreement: Agreement, kind: ClauseKind) -> Pinned:
    """Return the terms that a timer of this kind copies from an agreement."""
    return Pinned(
        agreement_version=agreement.version,
        allowance_s=agreement.clause(kind).allowance_s,
        warn_share=agreement.warn_share,
        first_check_minutes=agreement.first_check_minutes,
    )


def _due_instants(
    caller: Caller,
    terms: Pinned,
    recipients: Iterable[Recipient],
    calendars: dict[UUID, MemberCalendar],
) -> dict[UUID, DueInstants]:
    found: dict[UUID, DueInstants] = {}
    refused: list[FieldError] = []
    for recipient in recipients:
        try:
            found[recipient.id] = compute_due(calendars[recipient.id], caller.now, terms)
        except NoWorkingTime:
            reason = Phrase("fields.no-working-time", name=recipient.name)
            refused.append(FieldError(field=recipient.field, reason=reason))
    if refused:
        raise Invalid(errors=refused)
    return found


def _timer(
    caller: Caller, ask: Ask, terms: Pinned, recipient: Recipient, instants: DueInstants
) -> Timer:
    return fresh(
        Timer,
        workspace_id=caller.workspace_id,
        message_id=ask.message_id,
        topic_id=ask.topic_id,
        project_id=ask.project_id,
        recipient_id=recipient.id,
        covers=list(recipient.covers),
        author_id=caller.member_id,
        kind=ask.kind,
        urgent=ask.urgent,
        agreement_version=terms.agreement_version,
        allowance_s=terms.allowance_s,
        warn_share=terms.warn_share,
        first_check_minutes=terms.first_check_minutes,
        sent_at=caller.now,
        **instants.columns(),
    )
