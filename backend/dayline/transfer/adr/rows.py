"""Converting records to rows of decisions, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from dayline.conversations.models import Topic, TopicKind
from dayline.decisions.models import Decision, DecisionOption, DecisionStatus
from dayline.kernel.db.ids import new_id
from dayline.transfer.adr.facts import Facts
from dayline.transfer.adr.front_matter import entries, written
from dayline.transfer.adr.linking import VERBS
from dayline.transfer.adr.normalizing import fenced, normalized, yaml_in
from dayline.transfer.adr.options import with_chosen
from dayline.transfer.adr.outline import joined
from dayline.transfer.adr.record import FRONT_MATTER, STATUS, Adr, Link, Option, Section
from dayline.transfer.adr.status import PROPOSED, as_markdown, word_of

UNDECIDED = (DecisionStatus.DRAFT, DecisionStatus.OPEN)


@dataclass(frozen=True, slots=True)
class Into:
    """The project and the member that records are imported for, and the time."""

    workspace_id: UUID
    project_id: UUID
    member_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class RecordRows:
    """The rows of one record. The decision is a draft until its parts are inserted."""

    topic: Topic
    decision: Decision
    options: tuple[DecisionOption, ...]


def becomes(adr: Adr) -> DecisionStatus:
    """The status of an imported record: a draft if it is proposed, else decided."""
    is_proposed = adr.status is not None and word_of(adr.status) in PROPOSED
    return DecisionStatus.DRAFT if is_proposed else DecisionStatus.DECIDED


def rows_of(adr: Adr, number: int, into: Into, broken: Sequence[Link]) -> RecordRows:
    """The rows of a new record. Its broken links are kept as text."""
    topic = _topic(adr, into)
    is_draft = becomes(adr) is DecisionStatus.DRAFT
    proposal = adr.rationale if adr.chosen else joined(adr.outcome, adr.rationale)
    decision = Decision(
        workspace_id=into.workspace_id,
        id=new_id(),
        number=number,
        project_id=into.project_id,
        topic_id=topic.id,
        title=adr.title,
        status=DecisionStatus.DRAFT,
        context=adr.context,
        recommendation=proposal if is_draft else "",
        outcome="" if is_draft and adr.chosen is None else adr.outcome,
        rationale="" if is_draft else adr.rationale,
        proposed_by=into.member_id,
        created_at=topic.created_at,
        updated_at=topic.created_at,
        decided_on=None if is_draft else adr.decided_on,
        source_status=None if is_draft else adr.status,
        sections=[
            {"title": section.title, "body": section.body} for section in _sections(adr, broken)
        ],
    )
    options = (
        DecisionOption(
            workspace_id=into.workspace_id,
            id=new_id(),
            decision_id=decision.id,
            position=place,
            title=option.title,
            body=option.body,
            is_recommended=option.is_chosen and is_draft,
            is_chosen=option.is_chosen and not is_draft,
        )
        for place, option in enumerate(adr.options)
    )
    return RecordRows(topic, decision, tuple(options))


def _topic(adr: Adr, into: Into) -> Topic:
    """The topic of a record, with the record's date. It is resolved if the record is decided."""
    at = _instant(adr, into.now)
    is_decided = becomes(adr) is DecisionStatus.DECIDED
    return Topic(
        workspace_id=into.workspace_id,
        id=new_id(),
        kind=TopicKind.DECISION,
        project_id=into.project_id,
        title=adr.title,
        for_guests=False,
        created_at=at,
        created_by=into.member_id,
        resolved_at=at if is_decided else None,
        resolved_by=into.member_id if is_decided else None,
    )


def _instant(adr: Adr, now: datetime) -> datetime:
    """The beginning of the record's day in UTC, so that lists sort it by its date. Else now."""
    if adr.decided_on is None:
        return now
    return min(datetime.combine(adr.decided_on, time(), UTC), now)


def _sections(adr: Adr, broken: Sequence[Link]) -> tuple[Section, ...]:
    lines = [f"{VERBS[link.kind]} {as_markdown(link)}" for link in broken]
    said = {body for section in adr.sections for body in section.body.split("\n")}
    kept = Section(STATUS, joined(*(line for line in lines if line not in said)))
    held = normalized(Adr(adr.title, sections=(*adr.sections, kept))).sections
    return _with_facts(adr, held) if becomes(adr) is DecisionStatus.DRAFT else held


def _with_facts(adr: Adr, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with status and date as front matter: a draft gets new ones once decided."""
    day = {} if adr.decided_on is None else {"date": adr.decided_on}
    facts = written({"status": adr.status or "", **day})
    return _with_front(sections, f"{facts}{_front_of(sections)}")


def without_facts(sections: Sequence[Section]) -> tuple[Facts, tuple[Section, ...]]:
    """The facts in the front matter section, and the sections without them."""
    facts = Facts()
    kept = [each.lines for each in entries(_front_of(sections)) if not facts.takes_entry(each)]
    return facts, _with_front(sections, "\n".join(kept)) if _front_of(sections) else (*sections,)


def _front_of(sections: Sequence[Section]) -> str:
    found = [yaml_in(section) for section in sections if section.title == FRONT_MATTER]
    return found[0] or "" if found else ""


def _with_front(sections: Sequence[Section], front: str) -> tuple[Section, ...]:
    others = [each for each in sections if each.title != FRONT_MATTER or yaml_in(each) is None]
    kept = [Section(FRONT_MATTER, fenced("yaml", front.strip("\n")))] if front.strip() else []
    return (*kept, *others)


def options_in(decision: Decision, rows: Sequence[DecisionOption]) -> tuple[Option, ...]:
    """The options of a decision, with the chosen (or until then the recommended) one marked."""
    is_undecided = decision.status in UNDECIDED
    options = tuple(Option(row.title, row.body) for row in rows)
    marked = [row.is_recommended if is_undecided else row.is_chosen for row in rows]
    chosen = (option for option, is_it in zip(options, marked, strict=True) if is_it)
    return with_chosen(options, next(chosen, None))


def content_of(decision: Decision, rows: Sequence[DecisionOption]) -> Adr:
    """The texts of a decision as a normalized record."""
    options = options_in(decision, rows)
    has_chosen = any(option.is_chosen for option in options)
    outcome, why = decision.outcome, decision.rationale
    if decision.status in UNDECIDED:
        outcome = decision.outcome if has_chosen else decision.recommendation
        why = decision.recommendation if has_chosen else ""
    return normalized(
        Adr(
            title=decision.title,
            decided_on=decision.decided_on,
            context=decision.context,
            options=options,
            outcome=outcome,
            rationale=why,
            sections=tuple(Section(each["title"], each["body"]) for each in decision.sections),
        )
    )
