"""Finding out who is asked by a message, and why a member can't be asked."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from dayline.calendars.cover import stand_ins
from dayline.calendars.locking import lock_people, read_people
from dayline.conversations.models import Topic, TopicKind
from dayline.conversations.queries import participants_of
from dayline.conversations.schemas import TopicOut
from dayline.core.agreement import ClauseKind
from dayline.core.phrase import Phrase
from dayline.identity.caller import Caller
from dayline.kernel.errors import FieldError, Invalid
from dayline.members.access import Person, refusal_to_ask
from dayline.timers.starting import Recipient

UNKNOWN = Phrase("fields.cannot-ask")
KINDS = {
    TopicKind.TASK: ClauseKind.TASK_COMMENT,
    TopicKind.UPDATE: ClauseKind.PROJECT_UPDATE,
    TopicKind.DISCUSSION: ClauseKind.PROJECT_DISCUSSION,
    TopicKind.DECISION: ClauseKind.PROJECT_DISCUSSION,
    TopicKind.DIRECT: ClauseKind.DIRECT_MESSAGE,
}
"""The clause that applies to a message, by kind of topic."""


async def recipients_of(
    caller: Caller,
    topic: Topic | TopicOut,
    asks: Sequence[UUID] | None,
    default: Sequence[UUID],
    answering: Mapping[UUID, UUID] = MappingProxyType({}),
) -> list[Recipient]:
    """Return who is asked: the members in `asks`, or those in `default` if `asks` is None.

    A member on leave is asked through their stand-in, or through the member who answers for
    them already (`answering`). The members are locked, so they stay askable and keep their
    working time until the commit. Those in `default` who can't be asked are left out. Raises
    Invalid with an error for each member in `asks` who can't be asked.
    """
    ids = list(dict.fromkeys(default if asks is None else asks))
    if not ids:
        return []
    covers = await stand_ins(caller.session, caller.workspace_id, ids, caller.now)
    answers = covers | dict(answering)
    members = await lock_people(caller.session, {*ids, *answers.values()})
    taking_part = await participants_of(caller.session, topic)
    reasons = {id_: _refusal(caller, each, taking_part) for id_, each in members.items()}
    if asks is not None:
        _refuse("asks", asks, reasons)
    named_in = {id_: "body" if asks is None else f"asks.{asks.index(id_)}" for id_ in ids}
    able = [id_ for id_ in ids if reasons.get(id_, UNKNOWN) is None]
    return _grouped(able, _able(answers, reasons), named_in, members)


def _able(answers: Mapping[UUID, UUID], reasons: Mapping[UUID, Phrase | None]) -> dict[UUID, UUID]:
    """Leave out stand-ins who can't be asked themselves."""
    return {id_: cover for id_, cover in answers.items() if reasons.get(cover, UNKNOWN) is None}


def _grouped(
    ids: Sequence[UUID],
    answers: Mapping[UUID, UUID],
    named_in: Mapping[UUID, str],
    members: Mapping[UUID, Person],
) -> list[Recipient]:
    """Return a recipient for each member who answers, with those they stand in for."""
    named: dict[UUID, list[UUID]] = {}
    for id_ in ids:
        named.setdefault(answers.get(id_, id_), []).append(id_)
    return [
        Recipient(
            id_,
            members[id_].name,
            named_in[given[0]],
            tuple(each for each in given if each != id_),
        )
        for id_, given in named.items()
    ]


async def look_up_recipients(
    caller: Caller, ids: Sequence[UUID], taking_part: Collection[UUID] | None
) -> list[tuple[Person, list[UUID]]]:
    """Return who would be asked for these members, each with those they stand in for.

    `taking_part` has the participants of a direct topic, or None for other topics. Raises Invalid
    with an error for each member who can't be asked.
    """
    covers = await stand_ins(caller.session, caller.workspace_id, ids, caller.now)
    members = await read_people(caller.session, {*ids, *covers.values()})
    reasons = {id_: _refusal(caller, each, taking_part) for id_, each in members.items()}
    _refuse("recipient", ids, reasons)
    named_in = dict.fromkeys(ids, "recipient")
    found = _grouped(ids, _able(covers, reasons), named_in, members)
    return [(members[each.id], list(each.covers)) for each in found]


def _refuse(field: str, ids: Sequence[UUID], reasons: Mapping[UUID, Phrase | None]) -> None:
    refused = [
        FieldError(field=f"{field}.{place}", reason=reason)
        for place, id_ in enumerate(ids)
        if (reason := reasons.get(id_, UNKNOWN)) is not None
    ]
    if refused:
        raise Invalid(errors=refused)


def _refusal(caller: Caller, member: Person, taking_part: Collection[UUID] | None) -> Phrase | None:
    """Return why a member can't be asked, or None. `taking_part` is None outside direct topics."""
    is_hidden = caller.is_guest and member.is_guest
    takes_part = taking_part is None or member.id in taking_part
    if is_hidden and (taking_part is None or not takes_part):
        return UNKNOWN
    if not takes_part:
        return Phrase("fields.not-participant", name=member.name)
    if member.id == caller.member_id:
        return Phrase("fields.ask-yourself")
    return refusal_to_ask(member)
