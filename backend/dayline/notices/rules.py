"""Rules: which members an event gives a notice, and which notices it settles.

They are pure: an event's kind and data in, notices and settlements out. Who may see the event is
checked afterwards, by the rule of the feed. What the data doesn't say is left to be filled in: see
`Wanted`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from dayline.agreements.events import AgreementPublished, AgreementSigned
from dayline.conversations.events import TopicResolved
from dayline.conversations.models import TopicKind
from dayline.core.agreement import ClauseKind
from dayline.decisions.events import (
    DecisionChanged,
    DecisionDecided,
    DecisionWithdrawn,
    InputGiven,
    InputReminded,
    RecordRead,
    ReviewDue,
)
from dayline.members.events import MemberChanged, MemberJoined
from dayline.messages.events import MessageEdited, MessagePosted, MessageWithdrawn
from dayline.notices.models import MemberNoticeKind as Kind
from dayline.projects.events import ProjectChanged
from dayline.references.events import (
    ExplanationTakenBack,
    ReferenceChanged,
    ReferenceCreated,
    ReferenceDeclined,
    ReferenceDeleted,
    ReferenceMarkedStale,
    ReferenceReviewed,
    ReferenceWanted,
)
from dayline.tasks.events import TaskChanged, TaskCreated
from dayline.timers.events import (
    TimerAcknowledged,
    TimerBreached,
    TimerCancelled,
    TimerEscalated,
    TimerReopened,
    TimerResponded,
    TimerStarted,
    TimerWarned,
)

Data = Mapping[str, Any]
"""An event's data, as stored in its row."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, as far as the rules need it."""

    kind: str
    actor_id: UUID | None
    data: Data


@dataclass(frozen=True, slots=True)
class About:
    """The ids of what a notice is about."""

    timer_id: UUID | None = None
    message_id: UUID | None = None
    topic_id: UUID | None = None
    task_id: UUID | None = None
    decision_id: UUID | None = None
    reference_id: UUID | None = None
    subject_id: UUID | None = None
    project_id: UUID | None = None
    agreement_version: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A notice that an event gives a member."""

    member_id: UUID
    kind: Kind
    about: About
    needs_you: bool = False
    even_if_theirs: bool = False
    """Whether they are told although they acted, because they should act on it."""
    by: UUID | None = None
    """Who did what it tells, if someone else's event gives it again."""


class Group(StrEnum):
    """Whom an event concerns, where its data doesn't name them."""

    PROJECT = "project"  # the lead and the people of a project, if the message is an update
    UNSIGNED = "unsigned"  # those who are asked to sign a version and have not


@dataclass(frozen=True, slots=True)
class Wanted:
    """Notices whose members the consumer has to look up: all of a group but one, or `only` one."""

    group: Group
    kind: Kind
    about: About
    needs_you: bool = False
    only: UUID | None = None
    but: UUID | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """Notices of some kinds about one thing, made by earlier events, that need nothing more.

    `by` is the column that names the thing. `member_id` restricts it to one member's notices,
    `but` to those of everyone else.
    """

    kinds: tuple[Kind, ...]
    by: str
    value: UUID | int
    member_id: UUID | None = None
    but: UUID | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from an event. `access` says that it may have ended someone's sight."""

    made: tuple[Made, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    settled: tuple[Settled, ...] = ()
    access: bool = False


OF_TIMERS = (
    Kind.ASKED,
    Kind.WARNED,
    Kind.BREACHED,
    Kind.PROMISED,
    Kind.DECISION_ASKED,
    Kind.DECISION_DUE,
)
"""What is settled when a timer ends. An answer is not: who asked still wants to read it."""

OF_INPUT = (Kind.DECISION_ASKED, Kind.DECISION_DUE)
SUBJECTS_CHANGE = frozenset(
    event.kind
    for event in (
        ReferenceCreated,
        ReferenceChanged,
        ReferenceDeleted,
        ReferenceDeclined,
        ExplanationTakenBack,
    )
)
"""After these events a reference may no longer be wanted. Their data doesn't say of which
subject."""


def outcome_of(event: Happened) -> Outcome:
    """What follows from an event. Nothing that a member did themselves gives them a notice."""
    rule = _RULES.get(event.kind)
    if rule is None:
        return Outcome()
    found = rule(event)
    told = (made for made in found.made if made.even_if_theirs or made.member_id != event.actor_id)
    return replace(found, made=tuple(told))


def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def _of_timer(data: Data) -> tuple[Data, About]:
    timer = data["timer"]
    return timer, About(
        timer_id=UUID(timer["id"]),
        message_id=UUID(timer["message_id"]),
        topic_id=UUID(timer["topic_id"]),
        project_id=_id(timer["project_id"]),
    )


def _ends(timer: Data) -> tuple[Settled, ...]:
    """Settles what was told of a timer, and of the promise that it followed."""
    ended = [timer["id"], *([timer["follows"]] if timer["follows"] else [])]
    return tuple(Settled(OF_TIMERS, "timer_id", UUID(id_)) for id_ in ended)


def _started(event: Happened) -> Outcome:
    timer, about = _of_timer(event.data)
    if timer["follows"] is not None:  # a promise is no new ask
        return Outcome()
    kind = _STARTED.get(timer["kind"], Kind.ASKED)
    return Outcome((Made(UUID(timer["recipient_id"]), kind, about, needs_you=True),))


_STARTED = {
    ClauseKind.DECISION_INPUT.value: Kind.DECISION_ASKED,
    ClauseKind.DECISION_OUTCOME.value: Kind.DECISION_DUE,
}


def _warned(event: Happened) -> Outcome:
    timer, about = _of_timer(event.data)
    recipient = UUID(timer["recipient_id"])
    earlier = Settled(OF_TIMERS, "timer_id", UUID(timer["id"]), member_id=recipient)
    return Outcome((Made(recipient, Kind.WARNED, about, needs_you=True),), settled=(earlier,))


def _breached(event: Happened) -> Outcome:
    timer, about = _of_timer(event.data)
    recipient, author = UUID(timer["recipient_id"]), UUID(timer["author_id"])
    owed = Made(recipient, Kind.BREACHED, about, needs_you=True)
    asked = () if author == recipient else (Made(author, Kind.BREACHED, about),)
    earlier = Settled(OF_TIMERS, "timer_id", UUID(timer["id"]), member_id=recipient)
    return Outcome((owed, *asked), settled=(earlier,))


def _escalated(event: Happened) -> Outcome:
    """The next person is asked. What was told of the timer before stays until someone answers."""
    timer, about = _of_timer(event.data)
    recipient, author = UUID(timer["recipient_id"]), UUID(timer["author_id"])
    return Outcome((Made(recipient, Kind.ASKED, about, needs_you=True, by=author),))


def _responded(event: Happened) -> Outcome:
    """The answer's message is not in the data: the consumer finds it."""
    timer, about = _of_timer(event.data)
    return Outcome((Made(UUID(timer["author_id"]), Kind.ANSWERED, about),), settled=_ends(timer))


def _reopened(event: Happened) -> Outcome:
    """What the answer settled is told again, and the answer is none any more."""
    timer, about = _of_timer(event.data)
    recipient, author = UUID(timer["recipient_id"]), UUID(timer["author_id"])
    answer = Settled((Kind.ANSWERED,), "timer_id", UUID(timer["id"]))
    if timer["breached_at"] is not None:
        owed, *asked = _breached(event).made
        return Outcome((_again(owed, author), *asked), settled=(answer,))
    told: list[Made] = []
    if timer["follows"] is not None:
        promised = replace(about, timer_id=UUID(timer["follows"]))
        told.append(Made(author, Kind.PROMISED, promised, by=recipient))
    if timer["warned_at"] is not None or timer["follows"] is None:
        kind = Kind.ASKED if timer["warned_at"] is None else Kind.WARNED
        told.append(_again(Made(recipient, kind, about, needs_you=True), author))
    return Outcome(tuple(told), settled=(answer,))


def _again(made: Made, by: UUID) -> Made:
    return replace(made, even_if_theirs=True, by=by)


def _acknowledged(event: Happened) -> Outcome:
    timer, about = _of_timer(event.data)
    return Outcome((Made(UUID(timer["author_id"]), Kind.PROMISED, about),), settled=_ends(timer))


def _cancelled(event: Happened) -> Outcome:
    return Outcome(settled=_ends(event.data["timer"]))


def _task(event: Happened) -> Outcome:
    """The new assignee is told; who no longer has the task, or a closed one, need not be."""
    task = event.data["task"]
    assignee = _id(task["assignee_id"])
    keeps = assignee if task["closed_at"] is None else None
    settled = Settled((Kind.ASSIGNED,), "task_id", UUID(task["id"]), but=keeps)
    changes = event.data.get("changes")
    if assignee is None or keeps is None or (changes is not None and "assignee_id" not in changes):
        return Outcome(settled=(settled,))
    about = About(
        task_id=UUID(task["id"]),
        topic_id=UUID(task["topic_id"]),
        project_id=UUID(task["project_id"]),
    )
    return Outcome((Made(assignee, Kind.ASSIGNED, about),), settled=(settled,))


def _written(event: Happened) -> Outcome:
    """Those who are named. The consumer leaves out whom the message asks, or has told before."""
    topic = event.data["topic"]
    about = About(
        message_id=UUID(event.data["message_id"]),
        topic_id=UUID(topic["id"]),
        project_id=_id(topic["project_id"]),
    )
    named = tuple(Made(UUID(id_), Kind.MENTIONED, about) for id_ in event.data["mentions"])
    if event.kind != MessagePosted.kind or topic["kind"] != TopicKind.UPDATE:
        return Outcome(named)
    update = Wanted(Group.PROJECT, Kind.PROJECT_UPDATE, about, but=event.actor_id)
    return Outcome(named, (update,))


def _withdrawn(event: Happened) -> Outcome:
    return Outcome(settled=(Settled(tuple(Kind), "message_id", UUID(event.data["message_id"])),))


def _resolved(event: Happened) -> Outcome:
    topic_id = UUID(event.data["topic"]["id"])
    return Outcome(settled=(Settled((Kind.MENTIONED,), "topic_id", topic_id),))


def _of_decision(data: Data) -> tuple[Data, About]:
    card = data["decision"]
    return card, About(
        decision_id=UUID(card["id"]),
        topic_id=UUID(card["topic_id"]),
        project_id=UUID(card["project_id"]),
    )


def _input_given(event: Happened) -> Outcome:
    card, member_id = event.data["decision"], UUID(event.data["member_id"])
    return Outcome(settled=(Settled(OF_INPUT, "decision_id", UUID(card["id"]), member_id),))


def _reminded(event: Happened) -> Outcome:
    _, about = _of_decision(event.data)
    member_id = UUID(event.data["member_id"])
    return Outcome((Made(member_id, Kind.DECISION_DUE, about, needs_you=True),))


def _decided(event: Happened) -> Outcome:
    """Stakeholders confirm that they have read it. The proposer and the decider are told."""
    card, about = _of_decision(event.data)
    readers = {UUID(each["member_id"]) for each in card["stakeholders"]}
    others = {UUID(id_) for id_ in (card["proposed_by"], card["decider_id"]) if id_} - readers
    told = [Made(id_, Kind.DECISION_TO_READ, about, needs_you=True) for id_ in sorted(readers)]
    told += [Made(id_, Kind.DECISION_DECIDED, about) for id_ in sorted(others)]
    return Outcome(tuple(told), settled=(Settled(OF_INPUT, "decision_id", UUID(card["id"])),))


def _decision_withdrawn(event: Happened) -> Outcome:
    decision_id = UUID(event.data["decision"]["id"])
    return Outcome(settled=(Settled(OF_INPUT, "decision_id", decision_id),))


def _record_read(event: Happened) -> Outcome:
    card, member_id = event.data["decision"], UUID(event.data["member_id"])
    read = Settled((Kind.DECISION_TO_READ,), "decision_id", UUID(card["id"]), member_id)
    return Outcome(settled=(read,))


def _decision_review(event: Happened) -> Outcome:
    card, about = _of_decision(event.data)
    reviewers = {UUID(id_) for id_ in (card["proposed_by"], card["decider_id"]) if id_}
    return Outcome(
        tuple(Made(id_, Kind.REVIEW_DUE, about, needs_you=True) for id_ in sorted(reviewers))
    )


def _decision_changed(event: Happened) -> Outcome:
    changed, id_ = event.data["changed"], UUID(event.data["decision"]["id"])
    reviewed = (Settled((Kind.REVIEW_DUE,), "decision_id", id_),) if "review_on" in changed else ()
    return Outcome(settled=reviewed, access="is_public" in changed)


def _reference_stale(event: Happened) -> Outcome:
    card = event.data["reference"]
    about = About(reference_id=UUID(card["id"]))
    return Outcome((Made(UUID(card["owner_id"]), Kind.REVIEW_DUE, about, needs_you=True),))


def _reference_changed(event: Happened) -> Outcome:
    """A review, or an edit that clears what was marked stale, needs no review any more."""
    card = event.data["reference"]
    if card["stale"] and card["deleted_at"] is None:
        return Outcome()
    return Outcome(settled=(Settled((Kind.REVIEW_DUE,), "reference_id", UUID(card["id"])),))


def _reference_wanted(event: Happened) -> Outcome:
    """Dayline asks the member who explained it last, which is what the actor did."""
    about = About(subject_id=UUID(event.data["about"]))
    if event.actor_id is None:
        return Outcome()
    asked = Made(event.actor_id, Kind.REFERENCE_WANTED, about, needs_you=True, even_if_theirs=True)
    return Outcome((asked,))


def _published(event: Happened) -> Outcome:
    """Everyone is asked to sign it, and no longer the version before."""
    version: int = event.data["agreement"]["version"]
    to_sign = Wanted(
        Group.UNSIGNED,
        Kind.AGREEMENT_TO_SIGN,
        About(agreement_version=version),
        needs_you=True,
        but=event.actor_id,
    )
    before = Settled((Kind.AGREEMENT_TO_SIGN,), "agreement_version", version - 1)
    return Outcome(wanted=(to_sign,), settled=(before,))


def _signed(event: Happened) -> Outcome:
    member_id = UUID(event.data["member_id"])
    version: int = event.data["agreement_version"]
    return Outcome(
        settled=(Settled((Kind.AGREEMENT_TO_SIGN,), "agreement_version", version, member_id),)
    )


def _member(event: Happened) -> Outcome:
    """A member who joined, or came back, signs the latest version that they have not."""
    member_id = UUID(event.data["member"]["id"])
    wanted = Wanted(Group.UNSIGNED, Kind.AGREEMENT_TO_SIGN, About(), needs_you=True, only=member_id)
    return Outcome(wanted=(wanted,), access=event.kind == MemberChanged.kind)


def _project(_event: Happened) -> Outcome:
    return Outcome(access=True)


_RULES: dict[str, Callable[[Happened], Outcome]] = {
    TimerStarted.kind: _started,
    TimerWarned.kind: _warned,
    TimerBreached.kind: _breached,
    TimerEscalated.kind: _escalated,
    TimerResponded.kind: _responded,
    TimerReopened.kind: _reopened,
    TimerAcknowledged.kind: _acknowledged,
    TimerCancelled.kind: _cancelled,
    TaskCreated.kind: _task,
    TaskChanged.kind: _task,
    MessagePosted.kind: _written,
    MessageEdited.kind: _written,
    MessageWithdrawn.kind: _withdrawn,
    TopicResolved.kind: _resolved,
    InputGiven.kind: _input_given,
    InputReminded.kind: _reminded,
    DecisionDecided.kind: _decided,
    DecisionWithdrawn.kind: _decision_withdrawn,
    RecordRead.kind: _record_read,
    ReviewDue.kind: _decision_review,
    DecisionChanged.kind: _decision_changed,
    ReferenceMarkedStale.kind: _reference_stale,
    ReferenceReviewed.kind: _reference_changed,
    ReferenceChanged.kind: _reference_changed,
    ReferenceDeleted.kind: _reference_changed,
    ReferenceWanted.kind: _reference_wanted,
    AgreementPublished.kind: _published,
    AgreementSigned.kind: _signed,
    MemberJoined.kind: _member,
    MemberChanged.kind: _member,
    ProjectChanged.kind: _project,
}

TOLD = tuple({*_RULES, *SUBJECTS_CHANGE})
"""The kinds of events that a consumer has to read."""
