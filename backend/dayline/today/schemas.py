"""Request and response schemas of Today."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from dayline.calendars.schemas import Moment, TwoClocks
from dayline.context.places import DecisionLine, ProjectLine, TaskLine, TopicLine
from dayline.kernel.schemas import Input, MemberHandle, MemberId, MemberName, Output
from dayline.references.schemas import ReferenceCard, ReferenceWanted
from dayline.timers.schemas import TimerOut

MOST_LINES = 100
MOST_SPANS = 10
MOST_GROUPS = 50
MOST_EVENTS = 5000
MOST_SEQ = 2**63 - 1


class Person(Output):
    """The name of a member."""

    id: MemberId
    handle: MemberHandle
    name: MemberName


class Span(Output):
    """A time span."""

    start: datetime = Field(description="When the time span starts.")
    end: datetime = Field(description="When the time span ends.")


class Countdown(Output):
    """The working time left to answer, which runs only while the recipient works."""

    left_s: int = Field(description="The seconds of working time left.")
    runs_from: TwoClocks | None = Field(
        description="Since when the countdown runs, or when it continues. Null if it is "
        "paused, overdue or has nothing left to count."
    )
    spans: list[Span] = Field(
        description=f"The next {MOST_SPANS} intervals of the working time left."
    )


class AskLine(Output):
    """An open ask."""

    timer: TimerOut = Field(description="When the answer is due.")
    excerpt: str = Field(description="The beginning of the message, as plain text.")
    author: Person = Field(description="The member who asks.")
    recipient: Person = Field(description="The member who is asked.")
    topic: TopicLine = Field(description="The topic in which the answer is expected.")
    task: TaskLine | None = Field(description="The task of the topic. Null if the topic has none.")
    decision: DecisionLine | None = Field(
        description="The decision of the topic. Null if the topic has none."
    )
    project: ProjectLine | None = Field(
        description="The project of the topic. Null for direct topics."
    )
    due: TwoClocks | None = Field(
        description="The due time in the recipient's time zone and in yours. Null if there is none."
    )
    overdue_since: TwoClocks | None = Field(
        description="Since when the answer before is overdue, in the recipient's time zone and in "
        "yours. Null if the ask wasn't handed over."
    )
    countdown: Countdown = Field(description="The working time left to answer.")


class SignatureOwed(Output):
    """A version of the agreement that you haven't signed yet."""

    version: int = Field(description="The number of the version.")
    title: str = Field(description="What the version is called.")
    in_force_from: datetime = Field(description="When the version takes effect.")


class DecisionMade(Output):
    """A decided decision that still needs something from you."""

    decision: DecisionLine = Field(
        description="The decision that you proposed, made or gave input on."
    )
    project: ProjectLine = Field(description="The project that the decision belongs to.")
    decided_by: Person | None = Field(
        description="The member who recorded the outcome. Null for imported decisions."
    )
    decided_at: datetime | None = Field(
        description="When the outcome was recorded. Null for imported decisions."
    )
    review_on: date | None = Field(
        description="The day on which to check whether the decision still holds. Null for no "
        "review."
    )


class NewsLine(Output):
    """What others did since your last visit in one topic, project or the workspace."""

    topic: TopicLine | None = Field(
        description="The topic. Null for news about a project or the workspace."
    )
    task: TaskLine | None = Field(description="The task of the topic. Null if the topic has none.")
    decision: DecisionLine | None = Field(
        description="The decision of the topic. Null if the topic has none."
    )
    project: ProjectLine | None = Field(
        description="The project of the topic, or the project itself. Null for direct "
        "topics and the workspace."
    )
    events: int = Field(description="How many events happened.")
    kinds: Mapping[str, int] = Field(
        description="How many events of each kind happened.",
        examples=[{"message.posted": 2, "task.changed": 1}],
    )
    actor_ids: list[UUID] = Field(description="The ids of the members who did it, latest first.")
    latest_kind: str = Field(description="The kind of the latest event.")
    latest_at: datetime = Field(description="When the latest event happened.")


class News(Output):
    """What others did since your last visit, latest first."""

    looked_at: datetime | None = Field(
        description="When your last visit was. Null if this is the first."
    )
    seq: int = Field(
        description="The number of the latest event included. Send it to mark all this as seen."
    )
    is_cut: bool = Field(description="Whether older news was left out.")
    lines: list[NewsLine] = Field(description="The news, grouped by topic, project or workspace.")
    lines_total: int = Field(
        description="How many groups of news there are, including those not in `lines`."
    )


class TodayOut(Output):
    """What needs you, what you are waiting for, and what changed."""

    now: Moment = Field(description="The current time in your time zone and in the team time zone.")
    day_ends_at: datetime = Field(description="When your date changes. Load Today again then.")
    is_working: bool = Field(description="Whether you are within your working hours.")
    next_first_check: Moment | None = Field(
        description="When you next look at what arrived outside your working hours. Null "
        "if you have no working time within five years."
    )
    signatures: list[SignatureOwed] = Field(
        description="The versions of the agreement that you still need to sign."
    )
    decisions_to_read: list[DecisionMade] = Field(
        description="Decided decisions whose outcome you still need to confirm reading, "
        "earliest first."
    )
    reviews_due: list[DecisionMade] = Field(
        description="Decisions that you proposed or decided and that are due for review."
    )
    references_wanted: list[ReferenceWanted] = Field(
        description="Subjects that you explained often enough to write a reference, shown "
        "within your working hours."
    )
    references_due: list[ReferenceCard] = Field(
        description="Your references that are marked as stale or due for review."
    )
    needs_you: list[AskLine] = Field(
        description="Open asks to you, ordered by due time with paused ones last."
    )
    needs_you_total: int = Field(
        description="How many open asks to you there are, including those not in `needs_you`."
    )
    waiting_for: list[AskLine] = Field(
        description="Your open asks to others, ordered by due time with paused ones last."
    )
    waiting_for_total: int = Field(
        description="How many open asks of yours there are, including those not in `waiting_for`."
    )
    since_you_left: News = Field(description="What others did since your last visit.")


class LookIn(Input):
    """How much of the news you have seen."""

    seq: int = Field(
        strict=True, ge=0, le=MOST_SEQ, description="The `seq` of the news that you were shown."
    )


class LookOut(Output):
    """How much of the news you have seen."""

    seq: int = Field(description="The number of the latest event that you have seen.")
    looked_at: datetime = Field(description="When you last marked news as seen.")
