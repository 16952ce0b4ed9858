"""The full document of a decision, as the API returns it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from dayline.calendars.queries import member_calendars, zone_of
from dayline.calendars.schemas import TwoClocks
from dayline.core.clarity import Missing, Proposal, missing_in
from dayline.decisions.figures import figures_of
from dayline.decisions.links import tasks_of
from dayline.decisions.models import Decision, DecisionInput, DecisionOption, DecisionStatus
from dayline.decisions.queries import card_of, inputs_of, options_of
from dayline.decisions.relations import relations_of
from dayline.decisions.schemas import (
    DeadlineOut,
    DecisionOut,
    ExtensionOut,
    InputOut,
    MissingOut,
    OptionOut,
    SectionOut,
    TextsHtml,
)
from dayline.identity.caller import Caller
from dayline.kernel.http.language import say
from dayline.kernel.text.markdown import ParsedText, parse_all

_AS_THEY_ARE = (
    *TextsHtml.model_fields,
    "message_id",
    "created_at",
    "decided_by",
    "withdrawal_reason",
)
_MINUTES = ("proposer_minutes", "decider_minutes")


async def decision_document(caller: Caller, decision: Decision) -> DecisionOut:
    """The full decision, with times in the caller's zone and in each stakeholder's.

    Guests get no figures and no stakeholder's local times.
    """
    session, yours = caller.session, await zone_of(caller)
    card = await card_of(session, decision)
    options, inputs = await options_of(session, decision.id), await inputs_of(session, decision.id)
    asked = [each.member_id for each in card.stakeholders]
    zones = await zones_of(caller, asked)
    parsed = await parse_all([*_texts(decision, options), *_said(inputs)])
    due = decision.input_due_at
    return DecisionOut(
        **card.model_dump(),
        **{name: getattr(decision, name) for name in _AS_THEY_ARE},
        **{name: None if caller.is_guest else getattr(decision, name) for name in _MINUTES},
        **await relations_of(caller, decision),
        html=TextsHtml(
            **{name: parsed[getattr(decision, name)].html for name in TextsHtml.model_fields}
        ),
        options=[_option(option, parsed) for option in options],
        inputs=[_input(caller, each, zones[each.member_id], yours, parsed) for each in inputs],
        tasks=await tasks_of(caller, decision),
        extensions=[ExtensionOut.model_validate(each) for each in decision.extensions],
        sections=[SectionOut(**each, html=parsed[each["body"]].html) for each in decision.sections],
        figures=None if caller.is_guest else figures_of(decision, asked, inputs),
        missing=_missing(caller, decision, options, asked),
        input_due_local=due and due.astimezone(yours).isoformat(),
        decided_local=decision.decided_at and decision.decided_at.astimezone(yours).isoformat(),
        deadlines=[
            DeadlineOut(
                member_id=id_, zone=zones[id_].key, due=TwoClocks.of(due, zones[id_], yours)
            )
            for id_ in asked
            if due is not None and not caller.is_guest
        ],
    )


async def input_documents(caller: Caller, decision: Decision) -> list[InputOut]:
    """Every input to a decision, including replaced ones, in the order in which they were given."""
    inputs = await inputs_of(caller.session, decision.id, with_history=True)
    zones = await zones_of(caller, {each.member_id for each in inputs})
    yours = await zone_of(caller)
    parsed = await parse_all(_said(inputs))
    return [_input(caller, each, zones[each.member_id], yours, parsed) for each in inputs]


async def zones_of(caller: Caller, member_ids: Collection[UUID]) -> dict[UUID, ZoneInfo]:
    """The time zones of these members, by member id."""
    calendars = await member_calendars(caller.session, caller.workspace_id, member_ids)
    return {member_id: calendar.zone for member_id, calendar in calendars.items()}


def missed_by(
    decision: Decision, options: Sequence[DecisionOption], asked: Collection[UUID], caller: Caller
) -> list[Missing]:
    """Which of the five points a draft is missing now."""
    proposal = Proposal(
        context=decision.context,
        recommendation=decision.recommendation,
        options=len(options),
        input_due_at=decision.input_due_at,
        has_decider=decision.decider_id is not None,
        stakeholders=len(asked),
    )
    return missing_in(proposal, caller.now)


def _missing(
    caller: Caller,
    decision: Decision,
    options: Sequence[DecisionOption],
    asked: Collection[UUID],
) -> list[MissingOut]:
    if decision.status is not DecisionStatus.DRAFT:
        return []
    missed = missed_by(decision, options, asked, caller)
    return [MissingOut(point=m.point, field=m.field, reason=say(m.reason)) for m in missed]


def _texts(decision: Decision, options: Sequence[DecisionOption]) -> Iterator[str]:
    """The Markdown texts of a decision, without those of its inputs."""
    yield from (getattr(decision, name) for name in TextsHtml.model_fields)
    yield from (section["body"] for section in decision.sections)
    yield from (option.body for option in options)


def _said(inputs: Sequence[DecisionInput]) -> Iterator[str]:
    for each in inputs:
        yield from (each.reason, each.answer)


def _option(option: DecisionOption, parsed: Mapping[str, ParsedText]) -> OptionOut:
    names = OptionOut.model_fields.keys() - {"html"}
    return OptionOut(
        **{name: getattr(option, name) for name in names}, html=parsed[option.body].html
    )


def _input(
    caller: Caller,
    given: DecisionInput,
    theirs: ZoneInfo,
    yours: ZoneInfo,
    parsed: Mapping[str, ParsedText],
) -> InputOut:
    names = InputOut.model_fields.keys() - {"minutes", "given", "reason_html", "answer_html"}
    return InputOut(
        **{name: getattr(given, name) for name in names},
        minutes=None if caller.is_guest else given.minutes,
        given=TwoClocks.of(given.given_at, theirs, yours),
        reason_html=parsed[given.reason].html,
        answer_html=parsed[given.answer].html,
    )
